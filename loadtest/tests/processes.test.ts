import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Pool } from '@minnaken/db'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ownerPool, ownerUrlPlannedAs } from '../rig/database.ts'
import { NOON, pay, setStage } from './_stage.ts'

let stage: Awaited<ReturnType<typeof setStage>>
let token: string
beforeAll(async () => {
  stage = await setStage()
  token = await stage.openTill()
})
afterAll(() => stage.drop())

let started: ChildProcess | undefined
afterEach(() => {
  started?.kill('SIGKILL')
})

/** A baseline as the rig starts it, at the noon of the tests. Answers when it listens. */
async function start(name: string, databaseUrl: string): Promise<string> {
  const file = new URL(`../baselines/${name}.ts`, import.meta.url)
  const env = { ...process.env, DATABASE_URL: databaseUrl, PORT: '0', MINNAKEN_CLOCK: 'moved' }
  const child = fork(file, { env, silent: true })
  started = child
  const url = await told(child, (message) =>
    message['kind'] === 'listening' && message['service'] === name ? message['url'] : undefined,
  )
  child.send({ kind: 'clock', offsetMs: NOON - Date.now() })
  await told(child, ({ kind }) => (kind === 'clock_moved' ? kind : undefined))
  return String(url)
}

/** The first message that has an answer in it. Throws when the process ends before. */
async function told(
  child: ChildProcess,
  answerIn: (message: Record<string, unknown>) => unknown,
): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`it ended with ${code}: ${String(child.stderr?.read() ?? '')}`)
  })
  let answer: unknown
  while (answer === undefined) {
    const heard = once(child, 'message') as Promise<[Record<string, unknown>]>
    const [message] = await Promise.race([heard, ended])
    answer = answerIn(message)
  }
  ended.catch(() => {})
  return answer
}

test.each(['ceiling', 'conventional', 'unbatched', 'unbounded-queue', 'shared-process'])(
  '%s is a process that says where it listens, is ready, takes a payment and ends when asked',
  async (name) => {
    const { database } = stage
    const isShared = name === 'shared-process'
    const url = await start(
      name,
      isShared
        ? await ownerUrlPlannedAs(database.ownerUrl, 'redemption')
        : database.urlFor('redemption'),
    )
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    const phone = await stage.openPhone()
    const answer = await pay(url, { token, code: await phone.code(), yen: 500 })
    expect(answer).toMatchObject({ status: 201, body: { amountYen: 500 } })
    if (started === undefined) throw new Error('it was started')
    const ended = once(started, 'exit')
    started.kill('SIGTERM')
    expect((await ended)[0]).toBe(0)
  },
)

test('the owner’s address for the shared process has redemption’s settings of the planner', async () => {
  const { ownerUrl, connectAs } = stage.database
  const settings = async (pool: Pick<Pool, 'query'>) => {
    const names = `name = 'plan_cache_mode' or name like 'enable\\_%'`
    const { rows } = await pool.query(`select name, setting from pg_settings where ${names}`)
    return new Map(rows.map(({ name, setting }) => [name, setting]))
  }
  const wanted = await settings(connectAs('redemption').pool)
  expect(wanted.get('enable_seqscan')).toBe('off')
  const url = await ownerUrlPlannedAs(ownerUrl, 'redemption')
  expect(await ownerPool(url, settings)).toEqual(wanted)
  expect(await ownerPool(ownerUrl, settings)).not.toEqual(wanted)
})
