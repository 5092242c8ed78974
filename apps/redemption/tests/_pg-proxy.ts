import { once } from 'node:events'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'

/**
 * What goes wrong on the line to PostgreSQL, once, at the next COMMIT (or, for `silent_at_work`, at
 * the next statement that locks lots):
 * - `cut_before`: the line breaks and PostgreSQL never hears of the commit;
 * - `cut_after`: PostgreSQL commits, and its answer is lost with the line;
 * - `silent_before`, `silent_after`: the same, but the line stays open and says nothing more;
 * - `unconfirmed`: PostgreSQL's answer comes with the warning that no standby has confirmed.
 */
export type LineFault =
  | 'cut_before'
  | 'cut_after'
  | 'silent_before'
  | 'silent_after'
  | 'silent_at_work'
  | 'unconfirmed'

export type PgProxy = Awaited<ReturnType<typeof startPgProxy>>

const COMMIT = Buffer.from('commit\0')
/** The names of the statements that lock lots. */
const LOCKING = /lock_(free_)?lots/

/** A line to PostgreSQL that can be broken where it hurts. */
export async function startPgProxy(databaseUrl: string) {
  const target = new URL(databaseUrl)
  const lines = new Set<Socket>()
  const state: { fault: LineFault | undefined; isDown: boolean; faults: number } = {
    fault: undefined,
    isDown: false,
    faults: 0,
  }
  const hold: { what: RegExp | null; withheld: (() => void)[] } = { what: null, withheld: [] }

  /** Takes the fault if these bytes are where it strikes. */
  const strikes = (bytes: Buffer): LineFault | undefined => {
    const { fault } = state
    if (fault === undefined) return undefined
    const isThere =
      fault === 'silent_at_work' ? LOCKING.test(bytes.toString('latin1')) : bytes.includes(COMMIT)
    if (!isThere) return undefined
    state.fault = undefined
    state.faults += 1
    return fault
  }

  const server = createServer((near) => {
    if (state.isDown) {
      near.destroy()
      return
    }
    const far = connect(Number(target.port), target.hostname)
    let struck: LineFault | undefined
    const cut = () => {
      near.destroy()
      far.destroy()
    }
    for (const [side, other] of [
      [near, far],
      [far, near],
    ] as const) {
      lines.add(side)
      side.on('error', cut)
      side.on('close', () => {
        lines.delete(side)
        // A silent line does not even say that PostgreSQL has hung up.
        if (side === near || !struck?.startsWith('silent')) other.destroy()
      })
    }
    near.on('data', (bytes: Buffer) => {
      if (hold.what?.test(bytes.toString('latin1'))) {
        hold.withheld.push(() => far.write(bytes))
        return
      }
      struck ??= strikes(bytes)
      if (struck === 'cut_before') cut()
      else if (struck !== 'silent_before' && struck !== 'silent_at_work') far.write(bytes)
    })
    far.on('data', (bytes: Buffer) => {
      if (struck === 'cut_after') cut()
      else if (struck === 'unconfirmed') {
        struck = undefined
        near.write(Buffer.concat([unconfirmed, bytes]))
      } else if (struck === undefined) near.write(bytes)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(databaseUrl)
  url.port = String((server.address() as AddressInfo).port)

  return {
    url: url.href,
    /** How many faults have struck. */
    faults: () => state.faults,
    breakNext: (fault: LineFault) => {
      state.fault = fault
    },
    /** From now on statements like this do not get through to PostgreSQL, until they are let go. */
    hold: (what: RegExp) => {
      hold.what = what
    },
    /** How many statements are held at this moment: one for each connection at most. */
    withheld: () => hold.withheld.length,
    letGo: () => {
      hold.what = null
      for (const write of hold.withheld.splice(0)) write()
    },
    /** Nobody gets through any more, and everyone who was through is cut off. */
    goDown: () => {
      state.isDown = true
      for (const line of lines) line.destroy()
    },
    comeBack: () => {
      state.isDown = false
    },
    close: async () => {
      for (const line of lines) line.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** PostgreSQL's own message (NoticeResponse) for a commit that only this server has on disk. */
const unconfirmed = noticeOf({
  S: 'WARNING',
  V: 'WARNING',
  C: '01000',
  M: 'canceling wait for synchronous replication due to user request',
})

function noticeOf(fields: Readonly<Record<string, string>>): Buffer {
  const body = Buffer.from(
    `${Object.entries(fields)
      .map(([name, value]) => `${name}${value}\0`)
      .join('')}\0`,
  )
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from('N'), length, body])
}
