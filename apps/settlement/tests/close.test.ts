import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAnother } from './_campaign.ts'
import { type Tills, openTills } from './_money.ts'
import { openShop } from './_shop.ts'
import { type Person, type Stage, send, setStage } from './_stage.ts'

const february = { periodStart: '2027-02-01', periodEnd: '2027-02-15' }
const lateFebruary = { periodStart: '2027-02-16', periodEnd: '2027-02-28' }

let stage: Stage
let tills: Tills
let clerk: Person
const begin = async (settlement: Readonly<Record<string, unknown>> = {}) => {
  stage = await setStage({ settlement: { shopFeeBps: 100, ...settlement } })
  stage.moveTo('2027-02-10T12:00:00+09:00')
  tills = openTills(stage)
  clerk = await stage.person('clerk')
}
beforeEach(() => begin())
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

  test('asks nothing of a campaign that has been over for two months', async () => {
    const { windows } = stage.file
    await openAnother(stage, {
      windows: { ...windows, use: ['2026-05-01T00:00:00+09:00', '2026-11-01T00:00:00+09:00'] },
      expiresExclusive: '2026-11-01T00:00:00+09:00',
    })
    stage.moveTo('2027-02-16T09:00:00+09:00')
    expect(await close()).toMatchObject({ status: 201, body: { payDate: '2027-02-26' } })
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

  test('a shop that is held back, and one below the minimum, carry all of it', async () => {
    await stage.drop()
    await begin({ minimumYen: 1_000 })
    const held = await openShop(stage)
    const small = await openShop(stage)
    const purse = await tills.openPurse()
    await tills.redeem(held, purse, 5_000)
    await tills.redeem(small, purse, 999)
    await send(stage.service, clerk, `POST /v1/shops/${held.shopId}/hold`, { reason: '調査中' })
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
