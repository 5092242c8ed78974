import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAnother } from './_campaign.ts'
import { openTills } from './_money.ts'
import { february, lateFebruary } from './_run.ts'
import { openShop } from './_shop.ts'
import { type Person, type Stage, send, setStage } from './_stage.ts'

let stage: Stage
let clerk: Person
beforeAll(async () => {
  stage = await setStage()
  stage.moveTo('2027-02-10T12:00:00+09:00')
  clerk = await stage.person('clerk')
})
afterAll(() => stage.drop())

const close = (period: Readonly<Record<string, unknown>> = february) =>
  send(stage.service, clerk, 'POST /v1/runs', period)

describe('a closing is refused', () => {
  test.each([
    ['that is no period', { periodStart: '2027-02-02', periodEnd: '2027-02-15' }, february],
    ['that ends early', { periodStart: '2027-02-01', periodEnd: '2027-02-14' }, february],
    ['that lies before any use', { periodStart: '2027-01-01', periodEnd: '2027-01-15' }, null],
    ['that lies long after', { periodStart: '2028-02-01', periodEnd: '2028-02-15' }, null],
    ['beyond the bank days', { periodStart: '2060-02-01', periodEnd: '2060-02-15' }, null],
  ])('for a stretch %s', async (_, period, expected) => {
    stage.moveTo('2027-03-16T09:00:00+09:00')
    expect(await close(period)).toMatchObject({
      status: 422,
      body: { code: 'period_not_in_calendar', expected },
    })
  })

  test.each([
    ['a day that does not exist', { periodStart: '2027-02-30', periodEnd: '2027-02-15' }],
    ['no end', { periodStart: '2027-02-01' }],
    ['a time', { periodStart: '2027-02-01T00:00:00Z', periodEnd: '2027-02-15' }],
    ['a pay date of its own', { ...february, payDate: '2027-02-26' }],
  ])('for %s', async (_, period) => {
    expect((await close(period)).status).toBe(400)
  })

  test('until the last day is over, to the millisecond', async () => {
    stage.moveTo('2027-02-15T23:59:59.999+09:00')
    expect(await close()).toMatchObject({
      status: 409,
      body: { code: 'period_not_over', endsAt: '2027-02-15T15:00:00.000Z' },
    })
    const days = await stage.owner
      .selectFrom('ledger.bucket_day')
      .select('business_date')
      .where('state', '=', 'closed')
      .execute()
    expect(days).toEqual([])
  })

  test('while an earlier period with payments is open', async () => {
    stage.moveTo('2027-02-10T12:00:00+09:00')
    const tills = openTills(stage)
    const shop = await openShop(stage)
    await tills.redeem(shop, await tills.openPurse(), 100)
    stage.moveTo('2027-03-01T09:00:00+09:00')
    expect(await close(lateFebruary)).toMatchObject({
      status: 409,
      body: { code: 'earlier_period_open', day: '2027-02-10' },
    })
  })

  test('while the campaigns do not agree on the calendar', async () => {
    await openAnother(stage)
    stage.moveTo('2027-02-16T09:00:00+09:00')
    expect((await close()).body).toMatchObject({
      code: 'calendars_differ',
      campaigns: ['MIRAI2027', 'ANOTHER'],
    })
  })
})
