import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, type Stage, send, setStage } from './_stage.ts'

let stage: Stage
let clerk: Person
beforeAll(async () => {
  stage = await setStage({ connect: { connectionsMax: 1, connectionWaitMs: 100 } })
  clerk = await stage.person('clerk')
})
afterAll(() => stage.drop())

const listRuns = () => send(stage.service, clerk, 'GET /v1/runs')

test('whoever finds every connection taken is told that nothing was done, and to come again', async () => {
  const { db } = stage.service.deps
  const refused = await db.connection().execute(() => listRuns())
  expect([refused.status, refused.body['code']]).toEqual([503, 'busy'])
  expect(refused.body['retryable']).toBe(true)
  expect((await listRuns()).status).toBe(200)
})

test('whoever loses the connection is told that nobody knows, and to ask again', async () => {
  const { db } = stage.service.deps
  const pid = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]?.pid
  const answer = await stage.owner.transaction().execute(async (tx) => {
    await sql`lock table settlement.run`.execute(tx)
    const waiting = listRuns()
    await expect.poll(() => isWaiting(pid)).toBe(true)
    await sql`select pg_terminate_backend(${pid})`.execute(tx)
    return waiting
  })
  expect([answer.status, answer.body['code']]).toEqual([503, 'outcome_unknown'])
  expect((await listRuns()).status).toBe(200)
})

const isWaiting = async (pid: number | undefined): Promise<boolean> =>
  (
    await sql`select from pg_stat_activity
      where pid = ${pid} and wait_event_type = 'Lock'`.execute(stage.owner)
  ).rows.length === 1
