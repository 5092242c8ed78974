import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { testDatabase } from '@minnaken/db/testing'
import { makeBuckets } from '@minnaken/ledger'
import { withSimulated } from '../../src/platform/simulated.ts'
import { type Verbs, setStage } from './_verbs.ts'

/*
 * The platform of all browser tests, in a process of its own: it is started by the first test that
 * asks for something, and ends with whoever started this process.
 */

const ending = Promise.withResolvers<void>()
for (const signal of ['disconnect', 'SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => ending.resolve())

let run: Promise<void> = Promise.resolve()
let opened: Promise<Verbs> | undefined

function open(): Promise<Verbs> {
  const stage = Promise.withResolvers<Verbs>()
  run = runPlatform(stage.resolve)
  run.catch(stage.reject)
  return stage.promise
}

async function runPlatform(isOpen: (verbs: Verbs) => void): Promise<void> {
  const database = await testDatabase()
  try {
    await makeBuckets(database.owner, 1)
    await withSimulated(
      database,
      { madeBy: 'browser tests', logFolder: 'logs' },
      async (platform) => {
        const { verbs, close } = await setStage(platform)
        isOpen(verbs)
        await ending.promise
        await close()
      },
    )
  } finally {
    await database.drop()
  }
}

type AnyVerb = (input: unknown) => Promise<unknown>

/** `POST /verb` with its input; the answer is what the verb answers. */
async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    const input = await json(incoming)
    opened ??= open()
    const verbs = (await opened) as unknown as Readonly<Record<string, AnyVerb>>
    const verb = verbs[(incoming.url ?? '').slice(1)]
    if (verb === undefined) throw new Error(`${incoming.url}: no such verb`)
    outgoing.end(JSON.stringify((await verb(input)) ?? null))
  } catch (error) {
    outgoing.statusCode = 500
    outgoing.end(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
}

const server = createServer((incoming, outgoing) => void answer(incoming, outgoing))
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port })
})
await ending.promise
server.close()
server.closeAllConnections()
await run.catch(() => {})
if (process.connected) process.disconnect()
