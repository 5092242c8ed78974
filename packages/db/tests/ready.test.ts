import { expect, test } from 'vitest'
import { connect } from '../src/connect.ts'
import { readyChecks } from '../src/ready.ts'
import { testServerUrl } from '../src/testing.ts'

const askedWith = async (
  clock: Readonly<{ aheadMs: number; isClockMoved: boolean }>,
  url?: string,
) => {
  const connection = connect({
    url: url ?? (await testServerUrl()),
    applicationName: 'minnaken-test',
    connectionsMax: 1,
  })
  try {
    const now = () => Date.now() + clock.aheadMs
    return await readyChecks(connection.db, { now, isClockMoved: clock.isClockMoved })
  } finally {
    await connection.close()
  }
}

test.each([
  ['agrees', 0, true],
  ['is half a second ahead', 500, true],
  ['is two seconds ahead', 2_000, false],
  ['is two seconds behind', -2_000, false],
])('a service whose clock %s (%i ms) is ready: %s', async (_fact, aheadMs, ok) => {
  const checks = await askedWith({ aheadMs, isClockMoved: false })
  expect(checks.database).toEqual({ ok: true })
  expect(checks.clock.ok).toBe(ok)
})

test('a clock that was moved on purpose is named, not compared', async () => {
  const { clock } = await askedWith({ aheadMs: 86_400_000, isClockMoved: true })
  expect(clock.ok).toBe(true)
  expect(clock.note).toMatch(/^moved by 8640\d{4} ms$|^moved by 8639\d{4} ms$/)
})

test('a service without its database is not ready', async () => {
  const checks = await askedWith(
    { aheadMs: 0, isClockMoved: false },
    'postgres://nobody:x@127.0.0.1:1/none',
  )
  expect(checks.database.ok).toBe(false)
  expect(checks.clock.ok).toBe(false)
})
