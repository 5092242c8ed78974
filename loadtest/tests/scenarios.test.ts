import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { K6Missing, findK6 } from '../rig/k6.ts'
import type { Books } from '../rig/books.ts'
import type { Told } from '../rig/listeners.ts'
import type { SaleBooks } from '../rig/sale-books.ts'
import { type Scenario, readFlags } from '../rig/scenario.ts'
import type { Steady } from '../rig/steady.ts'
import { peak } from '../scenarios/peak.ts'
import { retryStorm } from '../scenarios/retry-storm.ts'
import { saleStorm } from '../scenarios/sale-storm.ts'
import { statements } from '../scenarios/statements.ts'
import { setRig } from './_seeded.ts'

const k6 = await findK6()
const isCi = (process.env['CI'] ?? '') !== ''

/**
 * Small, with real k6 and real processes. Time is never asked for, nor whether the client was in time
 * to send everything: these machines are shared.
 */
describe.runIf(k6 !== null || isCi)('a scenario in small (needs k6)', { timeout: 120_000 }, () => {
  let stage: Awaited<ReturnType<typeof setRig>>
  beforeAll(async () => {
    if (k6 === null) throw new K6Missing()
    stage = await setRig()
  })
  afterAll(() => stage.drop())

  const run = async (scenario: Scenario, ...args: string[]) =>
    scenario.run(stage.rig, readFlags(scenario.flags, args))

  test('peak: payments of tills and payers are all taken, in the ledger and told to tills', async () => {
    const size = ['--rate=20', '--seconds=2', '--rounds=1', '--listeners=20', '--payers=50']
    const { numbers } = await run(peak, ...size, '--p99=15000')
    expect(numbers['books']).toMatchObject({ balanced: true, unknown: 0, findings: [] })
    const [round] = numbers['rounds'] as [Steady & { told: Told }]
    expect(round.taken).toBeGreaterThan(0)
    expect(round.taken).toBe(round.sent)
    expect(round.told).toMatchObject({ listeners: 20, payments: round.taken, missed: 0 })
  })

  test('retry-storm: a payment sent five times has one effect and one answer', async () => {
    const size = ['--rate=10', '--seconds=2', '--times=4', '--later=200']
    const { numbers } = await run(retryStorm, ...size)
    expect(numbers).toMatchObject({
      effects: numbers['payments'],
      faults: [],
      books: { balanced: true, findings: [] },
    })
    const [payments, requests] = [Number(numbers['payments']), Number(numbers['requests'])]
    expect(payments).toBeGreaterThan(0)
    expect(requests).toBe(payments * 5)
  })

  test('sale-storm: every accepted application and order is kept, and no payment fails', async () => {
    const size = [
      '--people=150',
      '--seconds=2',
      '--quiet=2',
      '--after=2',
      '--rate=10',
      '--stock=15',
    ]
    const any = ['--ratio=1000000', '--users=200', '--pause=100', '--stay=20']
    const { numbers } = await run(saleStorm, ...size, ...any)
    const { sale, books, errors, withoutRetryAfter, sharesAs } = numbers['ours'] as OfStorm
    expect(sale.people).toBeGreaterThan(0)
    expect(withoutRetryAfter).toBe(0)
    expect(sharesAs).toBe('own niceness')
    expect(errors).toBe(0)
    expect(books).toMatchObject({ balanced: true, unknown: 0, findings: [] })
    expect(sale).toMatchObject({ balanced: true, findings: [], unitsInStock: 15 })
    expect(sale.applicationsAccepted).toBeGreaterThan(0)
    expect(sale.applicationsInDatabase).toBeGreaterThanOrEqual(sale.applicationsAccepted)
    expect(sale.unitsSold).toBeGreaterThan(0)
    expect(sale.unitsSold).toBeLessThanOrEqual(15)
  })
})

describe('a scenario in small', { timeout: 60_000 }, () => {
  let stage: Awaited<ReturnType<typeof setRig>>
  beforeAll(async () => {
    stage = await setRig()
  })
  afterAll(() => stage.drop())

  test('statements: every payment of every batch is in the ledger', async () => {
    const flags = readFlags(statements.flags, ['--batches=1,4', '--seconds=0.2', '--rounds=1'])
    const { passed, numbers } = await statements.run(stage.rig, flags)
    expect(numbers['books']).toMatchObject({ balanced: true, inLedger: numbers['count'] })
    expect(passed).toBe(true)
  })
})

type OfStorm = Readonly<{
  sale: SaleBooks
  books: Books
  errors: number
  withoutRetryAfter: number
  sharesAs: string
}>
