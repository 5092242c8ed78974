import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Tills, openTills } from './_money.ts'
import { openShop } from './_shop.ts'
import { type Person, type Stage, send, setStage } from './_stage.ts'

const february = { periodStart: '2027-02-01', periodEnd: '2027-02-15' }
const lateFebruary = { periodStart: '2027-02-16', periodEnd: '2027-02-28' }

let stage: Stage
let tills: Tills
let clerk: Person
beforeEach(async () => {
  stage = await setStage({ settlement: { shopFeeBps: 100 } })
  stage.moveTo('2027-02-10T12:00:00+09:00')
  tills = openTills(stage)
  clerk = await stage.person('clerk')
})
afterEach(() => stage.drop())

const close = (period: Readonly<Record<string, unknown>> = february) =>
  send(stage.service, clerk, 'POST /v1/runs', period)

const statements = () =>
  stage.owner.selectFrom('settlement.statement').selectAll().orderBy('statement_no').execute()

describe('closing a period', () => {
  test('gives every payment and void its line, and every shop its statement', async () => {
    const shop = await openShop(stage)
    const other = await openShop(stage)
    const purse = await tills.openPurse()
    const payment = await tills.redeem(shop, purse, 1_234)
    await tills.redeem(shop, await tills.openPurse(1, 1 - purse.bucket), 7_000)
    await tills.voidPayment(payment, 234)
    await tills.redeem(other, purse, 501)
    stage.moveTo('2027-02-16T00:00:00+09:00')
    expect(await close()).toMatchObject({
      status: 201,
      body: {
        ...february,
        runNo: 1,
        payDate: '2027-02-26',
        state: 'closed',
        shops: 2,
        lines: 4,
        payableYen: 1_234 + 7_000 - 234 - 80 + 501 - 5,
        transfers: 2,
      },
    })
    const rows = await statements()
    expect(rows.find((row) => row.shop_id === shop.shopId)).toMatchObject({
      statement_no: `000000001-${shop.shopNo}`,
      redemptions: 2,
      redemptions_yen: 8_234,
      voids: 1,
      voids_yen: 234,
      by_kind: { COMMON: { count: 2, yen: 7_234 }, LIMITED: { count: 1, yen: 1_000 } },
      fee_yen: 80,
      paid_yen: 7_920,
      carried_out_yen: 0,
      held: false,
    })
    expect((await stage.verify()).checks.filter(({ ok }) => !ok)).toEqual([])
  })

  test('again is the same run and changes nothing', async () => {
    const shop = await openShop(stage)
    await tills.redeem(shop, await tills.openPurse(), 100)
    stage.moveTo('2027-02-16T09:00:00+09:00')
    const first = await close()
    const before = await statements()
    stage.moveTo('2027-02-17T09:00:00+09:00')
    const again = await close()
    expect(again.status).toBe(200)
    expect(again.body).toEqual(first.body)
    expect(await statements()).toEqual(before)
  })

  test('a payment after midnight belongs to the next period', async () => {
    const shop = await openShop(stage)
    const purse = await tills.openPurse()
    stage.moveTo('2027-02-15T23:59:59.999+09:00')
    await tills.redeem(shop, purse, 300)
    stage.moveTo('2027-02-16T00:00:00+09:00')
    await tills.redeem(shop, purse, 40)
    expect((await close()).body).toMatchObject({ lines: 1, payableYen: 297 })
    stage.moveTo('2027-03-01T00:00:00+09:00')
    expect((await close(lateFebruary)).body).toMatchObject({ runNo: 2, lines: 1 })
  })

  test('what the federation voids after the closing is a correction of the next run, once', async () => {
    const shop = await openShop(stage)
    const purse = await tills.openPurse()
    const payment = await tills.redeem(shop, purse, 9_000)
    stage.moveTo('2027-02-16T09:00:00+09:00')
    await close()
    await tills.voidPayment(payment, 9_000, 'federation')
    await tills.redeem(shop, purse, 100)
    stage.moveTo('2027-03-01T00:00:00+09:00')
    await close(lateFebruary)
    const rows = await statements()
    expect(rows.at(-1)).toMatchObject({
      redemptions_yen: 100,
      voids: 0,
      corrections: 1,
      corrections_yen: 9_000,
      fee_yen: -89,
      paid_yen: 0,
      carried_out_yen: -8_811,
    })
  })

  test('a shop that is held back, and one below its minimum, carry all of it', async () => {
    const held = await openShop(stage)
    const small = await openShop(stage)
    const purse = await tills.openPurse()
    await tills.redeem(held, purse, 5_000)
    await tills.redeem(small, purse, 999)
    await send(stage.service, clerk, `POST /v1/shops/${held.shopId}/hold`, { reason: '調査中' })
    await stage.owner
      .updateTable('shop.shop')
      .set({ minimum_yen: 1_000 })
      .where('shop_id', '=', small.shopId)
      .execute()
    stage.moveTo('2027-02-16T09:00:00+09:00')
    expect((await close()).body).toMatchObject({ shops: 2, payableYen: 0, transfers: 0 })
    const rows = await statements()
    expect(rows.map((row) => [row.paid_yen, row.carried_out_yen])).toEqual(
      expect.arrayContaining([
        [0, 4_950],
        [0, 990],
      ]),
    )
  })
})

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
    const shop = await openShop(stage)
    await tills.redeem(shop, await tills.openPurse(), 100)
    stage.moveTo('2027-03-01T09:00:00+09:00')
    expect(await close(lateFebruary)).toMatchObject({
      status: 409,
      body: { code: 'earlier_period_open', day: '2027-02-10' },
    })
  })

  test('while the campaigns do not agree on the calendar', async () => {
    await stage.owner
      .insertInto('campaign.campaign')
      .values({
        campaign_id: stage.newId(),
        code: 'ANOTHER',
        config: JSON.stringify({
          ...stage.file,
          id: 'ANOTHER',
          settlement: { ...stage.file.settlement, roll: 'next' },
        }),
        config_sha256: '1'.repeat(64),
        opened_at: new Date(stage.now()),
      })
      .execute()
    stage.moveTo('2027-02-16T09:00:00+09:00')
    expect((await close()).body).toMatchObject({
      code: 'calendars_differ',
      campaigns: ['ANOTHER', 'MIRAI2027'],
    })
  })
})
