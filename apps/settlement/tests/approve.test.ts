import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeAccount, proposeAccount } from './_account.ts'
import { type Tills, openTills } from './_money.ts'
import { type Office, february, lateFebruary, ok, openOffice } from './_run.ts'
import { accountBody, openShop } from './_shop.ts'
import { type Stage, send, setStage } from './_stage.ts'

let stage: Stage
let tills: Tills
let office: Office
beforeEach(async () => {
  stage = await setStage({ settlement: { shopFeeBps: 100 } })
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

const checkedRun = async () => {
  const shop = await openShop(stage)
  await tills.redeem(shop, await tills.openPurse(), 1_000)
  stage.moveTo('2027-02-16T09:00:00+09:00')
  const { runId } = ok(await office.close(february)).body
  const { fileSha256 } = ok(await office.check(runId)).body
  return { shop, runId, fileSha256 }
}

describe('approval', () => {
  test('moves what shops are owed into transfer, less the fee', async () => {
    const { runId, fileSha256 } = await checkedRun()
    expect((await office.fileOf(runId)).status).toBe(409)
    expect(ok(await office.approve(runId, fileSha256)).body).toMatchObject({
      state: 'approved',
      approvedBy: office.approver.accountId,
    })
    expect(await noDifference()).toMatchObject({ unsettled: 0, inTransfer: 990, settled: 10 })
  })

  test('is never by the person who checked, whatever roles they were given', async () => {
    const { runId, fileSha256 } = await checkedRun()
    await stage.owner
      .updateTable('settlement.run')
      .set({ checked_by: office.approver.accountId })
      .execute()
    expect(await office.approve(runId, fileSha256)).toMatchObject({
      status: 403,
      body: { code: 'self_approval', checkedBy: office.approver.accountId },
    })
    expect((await office.show(runId)).body).toMatchObject({ state: 'checked' })
  })

  test('is only over the hash of the file as it is', async () => {
    const { runId, fileSha256 } = await checkedRun()
    expect(await office.approve(runId, 'f'.repeat(64))).toMatchObject({
      status: 409,
      body: { code: 'hash_differs', fileSha256 },
    })
  })

  test('again by the same person is the same answer, and by another it is too late', async () => {
    const { runId, fileSha256 } = await checkedRun()
    const first = ok(await office.approve(runId, fileSha256))
    const again = ok(await office.approve(runId, fileSha256))
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    const another = await stage.person('approver')
    const line = `POST /v1/runs/${String(runId)}/approve`
    expect(await send(stage.service, another, line, { sha256: fileSha256 })).toMatchObject({
      status: 409,
      body: { code: 'wrong_state', event: 'approve', is: 'approved', needs: ['checked'] },
    })
    expect((await office.check(runId)).body).toMatchObject({ code: 'wrong_state', is: 'approved' })
    await noDifference()
  })

  test('is refused for a run that nobody checked', async () => {
    stage.moveTo('2027-02-16T09:00:00+09:00')
    const { runId } = ok(await office.close(february)).body
    expect((await office.approve(runId, 'f'.repeat(64))).body).toMatchObject({
      code: 'wrong_state',
      is: 'closed',
    })
    expect((await office.approve(stage.newId(), 'f'.repeat(64))).status).toBe(404)
  })

  test('of a file from before a shop was held is refused until it is checked again', async () => {
    const { shop, runId, fileSha256 } = await checkedRun()
    ok(await office.ask(office.clerk, `POST /v1/shops/${shop.shopId}/hold`, { reason: '調査中' }))
    expect((await office.approve(runId, fileSha256)).body).toMatchObject({ code: 'file_outdated' })
    const checked = ok(await office.check(runId))
    expect(checked.body).toMatchObject({ payableYen: 0, unpaid: [{ why: 'held' }] })
    expect((await office.approve(runId, fileSha256)).body).toMatchObject({ code: 'hash_differs' })
    ok(await office.approve(runId, checked.body['fileSha256']))
    await noDifference()
  })

  test('of a file from before an account changed is refused', async () => {
    const { shop, runId, fileSha256 } = await checkedRun()
    await changeAccount(office, shop)
    expect((await office.approve(runId, fileSha256)).body).toMatchObject({ code: 'file_outdated' })
  })

  test('of a file that the bank takes no longer is refused; checked again it pays on the next day', async () => {
    const { runId, fileSha256 } = await checkedRun()
    stage.moveTo('2027-02-26T00:00:00+09:00')
    expect(await office.approve(runId, fileSha256)).toMatchObject({
      status: 409,
      body: { code: 'file_due_over', valueDate: '2027-02-26', fileDue: '2027-02-25' },
    })
    const checked = ok(await office.check(runId))
    expect(checked.body).toMatchObject({ payDate: '2027-03-01' })
    ok(await office.approve(runId, checked.body['fileSha256']))
    expect((await office.fileOf(runId)).bytes.toString('latin1').slice(54, 58)).toBe('0301')
    ok(await office.sendFile(runId))
    expect((await office.settle(runId)).body).toMatchObject({ code: 'value_date_ahead' })
    stage.moveTo('2027-03-01T09:00:00+09:00')
    ok(await office.settle(runId))
    await noDifference()
  })

  test('of a run that pays nobody can be late as well, and is for another day then', async () => {
    stage.moveTo('2027-02-16T09:00:00+09:00')
    const { runId } = ok(await office.close(february)).body
    const first = ok(await office.check(runId)).body
    stage.moveTo('2027-03-20T09:00:00+09:00')
    expect((await office.approve(runId, first['fileSha256'])).body).toMatchObject({
      code: 'file_due_over',
    })
    const { fileSha256, payDate } = ok(await office.check(runId)).body
    expect(payDate).toBe('2027-03-24')
    ok(await office.approve(runId, fileSha256))
  })

  test('from then on locks the account until the money has arrived', async () => {
    const { shop, runId, fileSha256 } = await checkedRun()
    const path = `PUT /v1/shops/${shop.shopId}/account`
    const { payeeAccountId } = await proposeAccount(office, shop)
    ok(await office.approve(runId, fileSha256))
    const check = `POST /v1/payee-accounts/${payeeAccountId}/check`
    expect((await office.ask(office.approver, check, { decision: 'accept' })).body).toMatchObject({
      code: 'account_locked',
      runNo: 1,
    })
    expect((await office.ask(shop.owner, path, accountBody())).body).toMatchObject({
      code: 'account_locked',
      runNo: 1,
    })
    ok(await office.sendFile(runId))
    expect((await office.ask(shop.owner, path, accountBody())).status).toBe(409)
    stage.moveTo('2027-02-26T12:00:00+09:00')
    ok(await office.settle(runId))
    ok(await office.ask(office.approver, check, { decision: 'accept' }))
  })

  test('of a period without payments that was closed late goes on from the last run', async () => {
    stage.moveTo('2027-02-18T12:00:00+09:00')
    const shop = await openShop(stage)
    await tills.redeem(shop, await tills.openPurse(), 1_000)
    const change = (step: 'hold' | 'release') =>
      send(stage.service, office.clerk, `POST /v1/shops/${shop.shopId}/${step}`, { reason: '調査' })
    ok(await change('hold'))
    stage.moveTo('2027-03-01T09:00:00+09:00')
    await office.approved(lateFebruary)
    ok(await change('release'))
    const { runId } = await office.approved(february)
    expect((await office.show(runId)).body).toMatchObject({ runNo: 2, payableYen: 990 })
    await noDifference()
  })

  test('goes run by run: a later one is not checked before', async () => {
    await checkedRun()
    stage.moveTo('2027-03-01T09:00:00+09:00')
    const { runId } = ok(await office.close(lateFebruary)).body
    expect(await office.check(runId)).toMatchObject({
      status: 409,
      body: { code: 'earlier_run_unapproved', runNo: 1 },
    })
  })
})
