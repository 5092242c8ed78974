import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeAccount } from './_account.ts'
import { type Tills, openTills } from './_money.ts'
import { type Office, february, lateFebruary, march, ok, openOffice } from './_run.ts'
import { type Shop, accountBody, openShop } from './_shop.ts'
import { type Stage, setStage } from './_stage.ts'

let stage: Stage
let tills: Tills
let office: Office
beforeEach(async () => {
  stage = await setStage()
  stage.moveTo('2027-02-10T12:00:00+09:00')
  tills = openTills(stage)
  office = await openOffice(stage)
})
afterEach(() => stage.drop())

const noDifference = async () => {
  const { checks, identity } = await stage.verify()
  expect(checks.filter((check) => !check.ok)).toEqual([])
  return identity
}

/** A run whose file the bank has: one shop of ¥1,000. */
async function sentRun() {
  const shop = await openShop(stage)
  await tills.redeem(shop, await tills.openPurse(), 1_000)
  stage.moveTo('2027-02-16T09:00:00+09:00')
  const { runId } = await office.approved(february)
  ok(await office.sendFile(runId))
  return { shop, runId }
}

describe('the bank', () => {
  test('has the file, pays on the value date, and every yen is accounted for', async () => {
    const shop = await openShop(stage)
    await tills.redeem(shop, await tills.openPurse(), 1_000)
    stage.moveTo('2027-02-16T09:00:00+09:00')
    const { runId } = await office.approved(february)
    expect(ok(await office.sendFile(runId, '受付 42')).body).toMatchObject({
      state: 'sent',
      bankReceipt: '受付 42',
    })
    stage.moveTo('2027-02-25T23:59:59.999+09:00')
    expect(await office.settle(runId)).toMatchObject({
      status: 409,
      body: { code: 'value_date_ahead', valueDate: '2027-02-26', on: '2027-02-25' },
    })
    expect(await noDifference()).toMatchObject({ inTransfer: 1_000, settled: 0 })
    stage.moveTo('2027-02-26T00:00:00+09:00')
    expect(ok(await office.settle(runId)).body).toMatchObject({ state: 'settled' })
    expect(await noDifference()).toMatchObject({ inTransfer: 0, settled: 1_000, unsettled: 0 })
  })

  test('is told once: the same receipt again and settling again change nothing', async () => {
    const { runId } = await sentRun()
    const again = ok(await office.sendFile(runId))
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await office.sendFile(runId, 'another')).toMatchObject({
      status: 409,
      body: { code: 'wrong_state', event: 'send', is: 'sent', needs: ['approved'] },
    })
    stage.moveTo('2027-02-26T09:00:00+09:00')
    const settled = ok(await office.settle(runId))
    stage.moveTo('2027-02-27T09:00:00+09:00')
    expect(ok(await office.settle(runId)).body).toEqual(settled.body)
    await noDifference()
  })

  test('gets no file that nobody approved, and settles none that it did not get', async () => {
    const shop = await openShop(stage)
    await tills.redeem(shop, await tills.openPurse(), 1_000)
    stage.moveTo('2027-02-27T09:00:00+09:00')
    const { runId } = ok(await office.close(february)).body
    expect((await office.sendFile(runId)).body).toMatchObject({ code: 'wrong_state', is: 'closed' })
    expect((await office.settle(runId)).body).toMatchObject({ code: 'wrong_state', is: 'closed' })
    const none = stage.newId()
    expect((await office.sendFile(none)).status).toBe(404)
    expect((await office.settle(none)).status).toBe(404)
    expect((await office.giveBack(none)).status).toBe(404)
  })
})

describe('a transfer that came back', () => {
  test('is owed again, blocked, and paid with the rest once the account is another', async () => {
    const { shop, runId } = await sentRun()
    await tills.redeem(shop, await tills.openPurse(), 50)
    stage.moveTo('2027-02-26T15:00:00+09:00')
    const [payout] = await office.transfersOf(runId)
    expect(ok(await office.giveBack(payout?.payoutId)).body).toMatchObject({
      payouts: [{ state: 'returned', returnReason: '口座名義相違', yen: 1_000 }],
    })
    expect(await noDifference()).toMatchObject({ unsettled: 1_050, inTransfer: 0, settled: 0 })
    ok(await office.settle(runId))
    expect(await noDifference()).toMatchObject({ unsettled: 1_050, inTransfer: 0, settled: 0 })

    stage.moveTo('2027-03-01T09:00:00+09:00')
    const blocked = ok(await office.close(lateFebruary)).body
    const checked = ok(await office.check(blocked['runId']))
    expect(checked.body).toMatchObject({
      paidYen: 0,
      unpaid: [{ shopNo: shop.shopNo, why: 'came_back', carriedOutYen: 50 }],
    })
    ok(await office.approve(blocked['runId'], checked.body['sha256']))

    await changeAccount(office, shop)
    await tills.redeem(shop, await tills.openPurse(), 7)
    stage.moveTo('2027-03-16T09:00:00+09:00')
    const next = await office.approved(march)
    expect((await office.show(next.runId)).body).toMatchObject({
      payableYen: 1_057,
      transfers: 1,
      statements: [{ redemptionsYen: 7, carriedInYen: 50, returnedYen: 1_000, paidYen: 1_057 }],
    })
    await noDifference()
  })

  test('is paid once, however often the note of it is repeated', async () => {
    const { shop, runId } = await sentRun()
    stage.moveTo('2027-02-26T15:00:00+09:00')
    const [payout] = await office.transfersOf(runId)
    const first = ok(await office.giveBack(payout?.payoutId))
    const again = ok(await office.giveBack(payout?.payoutId))
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect((await office.giveBack(payout?.payoutId, '別の理由')).body).toMatchObject({
      code: 'payout_wrong_state',
      is: 'returned',
      needs: 'sent',
    })
    await changeAccount(office, shop)
    ok(await office.settle(runId))
    for (const period of [lateFebruary, march]) {
      stage.moveTo(`${period.periodEnd}T23:59:59+09:00`)
      stage.moveTo(stage.now() + 24 * 3_600_000)
      await office.approved(period)
    }
    const stated = await stage.owner
      .selectFrom('settlement.statement')
      .select(['paid_yen', 'returned_yen'])
      .where('run_id', '<>', runId)
      .execute()
    expect(stated).toEqual([{ paid_yen: 1_000, returned_yen: 1_000 }])
    await noDifference()
  })

  test('is known only of a transfer that the bank got and has not settled', async () => {
    const shop = await openShop(stage)
    await tills.redeem(shop, await tills.openPurse(), 1_000)
    stage.moveTo('2027-02-16T09:00:00+09:00')
    const { runId } = await office.approved(february)
    const [payout] = await office.transfersOf(runId)
    expect((await office.giveBack(payout?.payoutId)).body).toMatchObject({
      code: 'payout_wrong_state',
      is: 'instructed',
    })
    ok(await office.sendFile(runId))
    stage.moveTo('2027-02-26T09:00:00+09:00')
    ok(await office.settle(runId))
    expect((await office.giveBack(payout?.payoutId)).body).toMatchObject({ is: 'settled' })
  })

  test('between check and approval makes the file another one', async () => {
    const { shop, runId } = await sentRun()
    await tills.redeem(shop, await tills.openPurse(), 500)
    stage.moveTo('2027-03-01T09:00:00+09:00')
    const next = ok(await office.close(lateFebruary)).body
    const { sha256 } = ok(await office.check(next['runId'])).body
    const [payout] = await office.transfersOf(runId)
    ok(await office.giveBack(payout?.payoutId))
    expect((await office.approve(next['runId'], sha256)).body).toMatchObject({
      code: 'file_outdated',
    })
  })

  test('of shops that share an account is owed to each of them again', async () => {
    const account = accountBody()
    const first = await openShop(stage, { body: { account } })
    const second = await openShop(stage, { owner: first.owner, body: { account } })
    const purse = await tills.openPurse()
    await tills.redeem(first, purse, 300)
    await tills.redeem(second, purse, 20)
    stage.moveTo('2027-02-16T09:00:00+09:00')
    const { runId } = await office.approved(february)
    const transfers = await office.transfersOf(runId)
    expect(transfers).toMatchObject([{ yen: 320 }])
    expect(transfers[0]?.shops).toEqual([first.shopNo, second.shopNo].toSorted())
    ok(await office.sendFile(runId))
    stage.moveTo('2027-02-26T09:00:00+09:00')
    ok(await office.giveBack(transfers[0]?.payoutId))
    expect(await noDifference()).toMatchObject({ unsettled: 320, inTransfer: 0, settled: 0 })
  })
})

const own = (shop: Shop, no = '') =>
  office.ask(shop.owner, `GET /v1/shops/${shop.shopId}/statements${no}`)

describe('statements', () => {
  test('are shown to the owner once approved, with every line and no customer', async () => {
    const shop = await openShop(stage)
    const payment = await tills.redeem(shop, await tills.openPurse(1), 7_000)
    stage.moveTo(stage.now() + 1_000)
    await tills.voidPayment(payment, 1_000)
    stage.moveTo('2027-02-16T09:00:00+09:00')
    const { runId } = ok(await office.close(february)).body
    expect((await own(shop)).body).toEqual({ statements: [] })
    const { sha256 } = ok(await office.check(runId)).body
    ok(await office.approve(runId, sha256))
    const statementNo = `000000001-${shop.shopNo}`
    expect((await own(shop)).body).toMatchObject({
      statements: [{ statementNo, paidYen: 6_000, run: { runNo: 1, payDate: '2027-02-26' } }],
    })
    const receiptNo = `${payment.bucket}-${payment.redemptionId}`
    const { body } = await own(shop, `/${statementNo}`)
    expect(body).toMatchObject({
      account: expect.stringMatching(/^\*{4}\d{3}$/) as string,
      lines: [
        {
          kind: 'redemption',
          yen: 7_000,
          businessDate: '2027-02-10',
          receiptNo,
          originalReceiptNo: null,
          till: 'レジ1',
          split: [
            { kind: 'COMMON', yen: 6_000 },
            { kind: 'LIMITED', yen: 1_000 },
          ],
        },
        { kind: 'void', yen: 1_000, originalReceiptNo: receiptNo, till: null },
      ],
    })
    expect(JSON.stringify(body)).not.toContain('wallet')
  })

  test("of another person's shop are answered like those of none", async () => {
    const shop = await openShop(stage)
    const stranger = await openShop(stage)
    const other = { ...shop, owner: stranger.owner }
    expect((await own(other)).status).toBe(404)
    expect((await own(other, `/000000001-${shop.shopNo}`)).status).toBe(404)
    expect((await own({ ...shop, shopId: stage.newId() })).status).toBe(404)
    expect((await own(shop, `/000000009-${shop.shopNo}`)).status).toBe(404)
  })
})

test('a shop whose voids and payments lie in different buckets is paid what is left', async () => {
  const shop = await openShop(stage)
  const zero = await tills.openPurse(2, 0)
  const one = await tills.openPurse(2, 1)
  const early = await tills.redeem(shop, one, 600)
  stage.moveTo('2027-02-16T09:00:00+09:00')
  const before = await office.approved(february)
  ok(await office.sendFile(before.runId))
  await tills.voidPayment(early, 600, 'federation')
  await tills.redeem(shop, zero, 1_000)
  stage.moveTo('2027-03-01T09:00:00+09:00')
  ok(await office.settle(before.runId))
  const { runId } = await office.approved(lateFebruary)
  const shares = await stage.owner
    .selectFrom('settlement.share')
    .select(['bucket', 'paid_yen'])
    .where('run_id', '=', runId)
    .orderBy('bucket')
    .execute()
  expect(shares).toEqual([
    { bucket: 0, paid_yen: 1_000 },
    { bucket: 1, paid_yen: -600 },
  ])
  await noDifference()
  ok(await office.sendFile(runId))
  stage.moveTo('2027-03-15T09:00:00+09:00')
  const [payout] = await office.transfersOf(runId)
  expect(payout?.yen).toBe(400)
  ok(await office.giveBack(payout?.payoutId))
  expect(await noDifference()).toMatchObject({ unsettled: 400, inTransfer: 0, settled: 600 })
  ok(await office.settle(runId))
  expect(await noDifference()).toMatchObject({ unsettled: 400, inTransfer: 0, settled: 600 })
})
