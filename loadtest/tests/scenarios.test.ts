import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { K6Missing, findK6 } from '../rig/k6.ts'
import type { Books } from '../rig/books.ts'
import type { SaleBooks } from '../rig/sale-books.ts'
import { type Scenario, readFlags } from '../rig/scenario.ts'
import { peak } from '../scenarios/peak.ts'
import { retryStorm } from '../scenarios/retry-storm.ts'
import { saleStorm } from '../scenarios/sale-storm.ts'
import { setRig } from './_seeded.ts'

const k6 = await findK6()
const isCi = (process.env['CI'] ?? '') !== ''

/** Small, with real k6 and real processes. Time is never asked for: these machines are shared. */
describe.runIf(k6 !== null || isCi)('a scenario in small (needs k6)', { timeout: 120_000 }, () => {
  let stage: Awaited<ReturnType<typeof setRig>>
  beforeAll(async () => {
    if (k6 === null) throw new K6Missing()
    stage = await setRig()
  })
  afterAll(() => stage.drop())

  const run = async (scenario: Scenario, ...args: string[]) =>
    scenario.run(stage.rig, readFlags(scenario.flags, args))

  test('peak: payments at a steady rate are all taken and in the ledger', async () => {
    const { passed, numbers } = await run(peak, '--rate=20', '--seconds=2', '--p99=15000')
    expect(numbers['books']).toMatchObject({ balanced: true, unknown: 0, findings: [] })
    expect(numbers['sent']).toBeGreaterThanOrEqual(40)
    expect(passed).toBe(true)
  })

  test('retry-storm: a payment sent five times has one effect and one answer', async () => {
    const size = ['--rate=10', '--seconds=2', '--times=4', '--later=200']
    const { passed, numbers } = await run(retryStorm, ...size)
    expect(numbers).toMatchObject({ faults: [], books: { balanced: true, findings: [] } })
    const [payments, requests] = [Number(numbers['payments']), Number(numbers['requests'])]
    expect(payments).toBeGreaterThanOrEqual(20)
    expect(requests).toBe(payments * 5)
    expect(passed).toBe(true)
  })

  test('sale-storm: every accepted application and order is kept, and no payment fails', async () => {
    const size = ['--people=80', '--seconds=2', '--quiet=2', '--after=2', '--rate=10', '--stock=15']
    const any = ['--ratio=1000000', '--users=80', '--pause=100', '--stay=20']
    const { passed, numbers } = await run(saleStorm, ...size, ...any)
    const { sale, books, errors, neverCame } = numbers['ours'] as Told
    // k6 may begin one more than it was asked for, and has no user left for that one.
    expect(neverCame).toBeLessThanOrEqual(1)
    expect(sale.people).toBeGreaterThanOrEqual(79)
    expect(errors).toBe(0)
    expect(books).toMatchObject({ balanced: true, unknown: 0, findings: [] })
    expect(sale).toMatchObject({ balanced: true, findings: [], unitsInStock: 15 })
    expect(sale.applicationsAccepted).toBeGreaterThan(0)
    expect(sale.applicationsInDatabase).toBeGreaterThanOrEqual(sale.applicationsAccepted)
    expect(sale.unitsSold).toBeGreaterThan(0)
    expect(sale.unitsSold).toBeLessThanOrEqual(15)
    expect(passed).toBe(true)
  })
})

type Told = Readonly<{ sale: SaleBooks; books: Books; errors: number; neverCame: number }>
