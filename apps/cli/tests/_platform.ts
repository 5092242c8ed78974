import { randomInt } from 'node:crypto'
import { access, mkdir, readFile, rm } from 'node:fs/promises'
import { connect as dial } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { minnaken } from './_command.ts'

const projectData = fileURLToPath(new URL('../../../.data/', import.meta.url))

export const noSuchFolder = `${projectData}none`

/** Outside the range from which systems hand out ports, so that it stays free until it is used. */
async function freePort(): Promise<string> {
  for (;;) {
    const port = randomInt(10_000, 20_000)
    if (!(await isTaken(port))) return String(port)
  }
}

/** Ports that nothing listens on. */
export const anyPorts = async () => ({
  MINNAKEN_PORT_RESIDENT: await freePort(),
  MINNAKEN_PORT_SHOP: await freePort(),
  MINNAKEN_PORT_STAFF: await freePort(),
  MINNAKEN_PORT_PURCHASE: await freePort(),
  MINNAKEN_PORT_REDEMPTION: await freePort(),
  MINNAKEN_PORT_SETTLEMENT: await freePort(),
})

export type Place = Awaited<ReturnType<typeof makePlace>>

/** A data folder and ports of this test file's own, for `npm start` and what is asked of it. */
export async function makePlace(name: string) {
  const folder = `${projectData}${name}-${process.pid}`
  await mkdir(folder, { recursive: true })
  const chosen = await anyPorts()
  const env = { MINNAKEN_DATA: folder, DATABASE_URL: '', ...chosen }
  const ports = [
    chosen.MINNAKEN_PORT_PURCHASE,
    chosen.MINNAKEN_PORT_REDEMPTION,
    chosen.MINNAKEN_PORT_SETTLEMENT,
  ] as const
  const doors = {
    resident: chosen.MINNAKEN_PORT_RESIDENT,
    shop: chosen.MINNAKEN_PORT_SHOP,
    staff: chosen.MINNAKEN_PORT_STAFF,
  } as const
  const postgres = (file: string) => readFile(join(folder, 'postgres', file), 'utf8')
  return {
    folder,
    env,
    ports,
    doors,
    as: async (...args: string[]) => {
      const { code, stdout, stderr } = await minnaken(['as', ...args], { env })
      return { code, stderr, body: JSON.parse(stdout) as Record<string, unknown> }
    },
    ownerUrl: async () =>
      `postgres://minnaken:${await postgres('password')}@127.0.0.1:${await postgres('port')}/minnaken`,
    /** Whether PostgreSQL has a note of itself: it takes it away when it is stopped in order. */
    isPostgresThere: () =>
      access(join(folder, 'postgres', 'data', 'postmaster.pid')).then(
        () => true,
        () => false,
      ),
    /** Resolves when nothing listens any more where the services and the front doors did. */
    servicesGone: async () => {
      for (const port of [...ports, ...Object.values(doors)])
        while (await isTaken(Number(port))) await wait(50)
    },
    remove: async () => {
      await minnaken(['reset', '--yes'], { env })
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const isTaken = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = dial(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
