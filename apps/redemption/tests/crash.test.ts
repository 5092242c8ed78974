import { setTimeout as wait } from 'node:timers/promises'
import { parseBucketedId } from '@minnaken/domain'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type CrashServer, startCrashServer } from './_crash-server.ts'
import { type Workers, startWorkers } from './_crash-workers.ts'
import { type Acknowledged, type Writers, startWriters } from './_crash-writers.ts'
import { NOON, type Phone, type Stage, type TillSide, setStage } from './_stage.ts'

// Recoveries take their time on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const startedAt = Date.now()
/** Noon in the middle of the campaign, going on as real time does. */
const now = (): number => NOON + Date.now() - startedAt

let server: CrashServer
let stage: Stage
let workers: Workers
let tills: TillSide[]
let phones: Phone[]
/** What was started, to be ended even when the rest could not be. */
const started: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  server = await startCrashServer()
  started.unshift(server.remove)
  stage = await setStage()
  started.unshift(stage.drop)
  workers = await startWorkers(stage.database.urlFor('redemption'), 2, now)
  started.unshift(workers.stop)
  tills = await Promise.all(Array.from({ length: 4 }, () => stage.openTill()))
})
afterAll(async () => {
  for (const end of started) await end()
})

const startPaying = async (retry?: 'a_new_code'): Promise<Writers> => {
  phones = await Promise.all(Array.from({ length: 6 }, () => stage.openPhone(5)))
  const shared = { count: 12, workers, tills, phones, now }
  return startWriters(retry === undefined ? shared : { ...shared, retry })
}

/** The payments of these phones as they stand in the book. */
async function inTheBook(): Promise<Map<string, number>> {
  const wallets = phones.map(({ walletId }) => walletId)
  const rows = await stage.owner
    .selectFrom('ledger.redemption')
    .select(['redemption_id', 'yen'])
    .where('wallet_id', 'in', wallets)
    .execute()
  return new Map(rows.map((row) => [row.redemption_id, row.yen]))
}

const plainId = ({ redemptionId }: Acknowledged): string => parseBucketedId(redemptionId)?.id ?? ''

const sumOf = (payments: readonly Acknowledged[]): number =>
  payments.reduce((sum, { amount }) => sum + amount, 0)

/** Until the commit of a payment waits for a standby; the connection's process. */
async function untilCommitWaits(): Promise<number> {
  for (let looks = 0; looks < 500; looks++) {
    const [pid] = await server.waitingCommits()
    if (pid !== undefined) return pid
  }
  throw new Error('no commit waits for a standby')
}

/** Kills a worker whose payments are written and not yet answered. */
async function killWorkerAtCommit(place: number): Promise<void> {
  await server.standbyGoesAway()
  await untilCommitWaits()
  await wait(200)
  const restarted = workers.kill(place)
  await server.standbyComesBack()
  await restarted
}

test('no payment that a till was told of is lost or doubled by eight kills in the middle of payments', async () => {
  const paying = await startPaying()
  const kills = [
    () => server.kill('postmaster'),
    () => killWorkerAtCommit(0),
    () => server.kill('backend'),
    () => killWorkerAtCommit(1),
    () => server.kill('checkpointer'),
    () => killWorkerAtCommit(0),
    () => server.kill('postmaster'),
    () => server.kill('backend'),
  ]
  for (const kill of kills) {
    await paying.untilMore(65)
    await kill()
  }
  expect(paying.journal.acknowledged.length).toBeGreaterThanOrEqual(500)
  await paying.untilMore(40)
  await paying.stop()

  const { acknowledged, refused, unknown, foundTaken, repeated } = paying.journal
  expect(refused).toEqual([])
  expect(unknown).toBeGreaterThan(0)
  expect(foundTaken).toBeGreaterThan(0)
  expect(repeated).toBeGreaterThan(0)
  const book = await inTheBook()
  expect(acknowledged.filter((it) => book.get(plainId(it)) !== it.amount)).toEqual([])
  expect(new Set(acknowledged.map(plainId)).size).toBe(acknowledged.length)
  expect(book.size).toBe(acknowledged.length)
  for (const phone of phones) {
    const spent = sumOf(acknowledged.filter(({ walletId }) => walletId === phone.walletId))
    const left = Object.values(await stage.remaining(phone)).reduce((sum, yen) => sum + yen, 0)
    expect(left).toBe(5 * 12_500 - spent)
  }
  expect(await stage.verify()).toMatchObject({ balanced: true })
})

test('the tills would see a loss: without synchronous_commit kills take payments away', async () => {
  await server.ask('alter role minnaken_redemption set synchronous_commit = off')
  await server.ask(`alter system set wal_writer_delay = '2s'`)
  await server.ask('select pg_reload_conf()')
  await workers.restartAll()
  let lost = 0
  for (let kills = 0; lost === 0 && kills < 6; kills++) {
    const paying = await startPaying()
    await paying.untilMore(100)
    await server.kill('backend')
    await paying.stop()
    const book = await inTheBook()
    lost = paying.journal.acknowledged.filter((it) => !book.has(plainId(it))).length
  }
  await server.ask('alter role minnaken_redemption reset synchronous_commit')
  await server.ask('alter system reset wal_writer_delay')
  await server.ask('select pg_reload_conf()')
  await workers.restartAll()
  expect(lost).toBeGreaterThan(0)
  // And only they would: what is left in the database still adds up.
  expect(await stage.verify()).toMatchObject({ balanced: true })
})

test('the tills would see a double: a new code for each retry makes kills charge twice', async () => {
  const paying = await startPaying('a_new_code')
  await paying.untilMore(30)
  await server.standbyGoesAway()
  await untilCommitWaits()
  await Promise.all([workers.kill(0), workers.kill(1)])
  await server.standbyComesBack()
  await paying.untilMore(30)
  await paying.stop()
  const { acknowledged } = paying.journal
  expect(new Set(acknowledged.map(({ purchase }) => purchase)).size).toBe(acknowledged.length)
  expect((await inTheBook()).size).toBeGreaterThan(acknowledged.length)
})

describe('while the standby that has to confirm is away', () => {
  let code: string
  beforeEach(async () => {
    code = await (await stage.openPhone(1)).code(now())
    await server.standbyGoesAway()
  })
  afterEach(() => server.standbyComesBack())

  const payAtWorker = async () => {
    const response = await fetch(`${workers.url(0)}/v1/redemptions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${tills[0]?.token ?? ''}`,
      },
      body: JSON.stringify({ code, amountYen: 700 }),
    })
    const body = (await response.json()) as Record<string, unknown>
    return { status: response.status, problem: body['code'], replayed: body['replayed'] }
  }

  test('a payment is answered in time and is no success; its retry is', async () => {
    const askedAt = Date.now()
    const asked = payAtWorker()
    await untilCommitWaits()
    expect(await asked).toMatchObject({ status: 503, problem: 'outcome_unknown' })
    expect(Date.now() - askedAt).toBeLessThan(8_000)
    expect(await payAtWorker()).toMatchObject({ status: 503 })
    await server.standbyComesBack()
    await expect.poll(payAtWorker).toMatchObject({ status: 201, replayed: true })
  })

  test('a payment whose waiting is cancelled is no success, although it is in the book', async () => {
    const asked = payAtWorker()
    const pid = await untilCommitWaits()
    await server.ask(`select pg_cancel_backend(${pid})`)
    expect(await asked).toMatchObject({ status: 503, problem: 'outcome_unknown' })
    await server.standbyComesBack()
    await expect.poll(payAtWorker).toMatchObject({ status: 201, replayed: true })
  })
})
