import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { proposeAccount } from './_account.ts'
import { type Tills, openTills } from './_money.ts'
import { type Office, february, lateFebruary, ok, openOffice } from './_run.ts'
import { openShop } from './_shop.ts'
import { type Stage, send, setStage } from './_stage.ts'

let stage: Stage
let tills: Tills
let office: Office
beforeEach(async () => {
  stage = await setStage({ settlement: { shopFeeBps: 50 } })
  stage.moveTo('2027-02-10T12:00:00+09:00')
  tills = openTills(stage)
  office = await openOffice(stage)
})
afterEach(() => stage.drop())

const noDifference = async () =>
  expect((await stage.verify()).checks.filter(({ ok: holds }) => !holds)).toEqual([])

const linesOf = async () =>
  (
    await stage.owner
      .selectFrom('settlement.settlement_line as line')
      .innerJoin('settlement.run as run', 'run.run_id', 'line.run_id')
      .select(['run.run_no', 'line.source_id', 'line.yen'])
      .execute()
  ).map((row) => ({ runNo: row.run_no, sourceId: row.source_id, yen: row.yen }))

describe('a closing', () => {
  test('waits for a payment that is in flight, and gives it its line', async () => {
    const shop = await openShop(stage)
    const purse = await tills.openPurse()
    stage.moveTo('2027-02-15T23:59:59.900+09:00')
    const release = Promise.withResolvers<void>()
    const isHeld = Promise.withResolvers<void>()
    const inFlight = tills.redeem(shop, purse, 777, () => {
      isHeld.resolve()
      return release.promise
    })
    await isHeld.promise
    stage.moveTo('2027-02-16T00:00:00.100+09:00')
    const closing = office.close(february)
    const first = await Promise.race([closing, wait(400, 'still waiting')])
    expect(first).toBe('still waiting')
    release.resolve()
    const { redemptionId } = await inFlight
    expect(ok(await closing).body).toMatchObject({ lines: 1, payableYen: 774 })
    expect(await linesOf()).toEqual([{ runNo: 1, sourceId: redemptionId, yen: 777 }])
    await noDifference()
  })

  test('under load across midnight loses no yen and settles none twice', async () => {
    const shops = await Promise.all([openShop(stage), openShop(stage)])
    const purses = await Promise.all(Array.from({ length: 6 }, () => tills.openPurse(4)))
    stage.moveTo('2027-02-15T23:59:59.950+09:00')
    const day = { isOpen: true }
    const paid: { redemptionId: string; yen: number }[] = []
    const paying = purses.map(async (purse, index) => {
      for (let yen = 1 + index; day.isOpen; yen += 7) {
        const shop = shops[yen % 2] ?? shops[0]
        const { redemptionId, amount } = await tills.redeem(shop, purse, yen)
        paid.push({ redemptionId, yen: amount })
      }
    })
    await until(() => paid.length >= 12)
    stage.moveTo('2027-02-16T00:00:00.050+09:00')
    const runs = await Promise.all([office.close(february), office.close(february)])
    const lines = paid.length
    await until(() => paid.length >= lines + 12)
    day.isOpen = false
    await Promise.all(paying)
    expect(new Set(runs.map(({ body }) => body['runId'])).size).toBe(1)
    const [run] = runs
    expect(run?.body['lines']).toBeGreaterThanOrEqual(12)
    stage.moveTo('2027-03-01T00:00:00+09:00')
    ok(await office.close(lateFebruary))
    const settled = (await linesOf()).map(({ sourceId, yen }) => ({ redemptionId: sourceId, yen }))
    expect(settled.toSorted(byId)).toEqual(paid.toSorted(byId))
    await noDifference()
  })

  test('by three runners at once is one run with one set of statements', async () => {
    const shop = await openShop(stage)
    const purse = await tills.openPurse()
    for (let yen = 1; yen <= 10; yen += 1) await tills.redeem(shop, purse, yen)
    stage.moveTo('2027-02-16T09:00:00+09:00')
    const runners = [stage.service, stage.startService(), stage.startService()]
    const answers = await Promise.all(runners.map((runner) => office.close(february, runner)))
    expect(answers.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(1)
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(await linesOf()).toHaveLength(10)
    await noDifference()
  })
})

describe('an approval', () => {
  test('by five people at once is one approval, one set of payouts, one file', async () => {
    const shops = await Promise.all([openShop(stage), openShop(stage), openShop(stage)])
    const purse = await tills.openPurse()
    for (const shop of shops) await tills.redeem(shop, purse, 1_000)
    stage.moveTo('2027-02-16T09:00:00+09:00')
    const { runId } = ok(await office.close(february)).body
    const { sha256 } = ok(await office.check(runId)).body
    const people = await Promise.all(Array.from({ length: 5 }, () => stage.person('approver')))
    const services = [stage.service, stage.startService()]
    const answers = await Promise.all(
      people.map((person, index) => {
        const service = services[index % 2] ?? stage.service
        return send(service, person, `POST /v1/runs/${String(runId)}/approve`, { sha256 })
      }),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 409, 409, 409, 409,
    ])
    const postings = await stage.owner
      .selectFrom('ledger.posting')
      .select('about')
      .where('event', '=', 'payout_approved')
      .execute()
    expect(postings.map(({ about }) => about).toSorted()).toEqual(
      shops.map(({ shopNo }) => `${String(runId)}:${shopNo}`).toSorted(),
    )
    expect(await office.transfersOf(runId)).toHaveLength(3)
    await noDifference()
  })

  test('keeps a shop from being held back or its account changed until it is through', async () => {
    const shop = await openShop(stage)
    await tills.redeem(shop, await tills.openPurse(), 1_000)
    stage.moveTo('2027-02-16T09:00:00+09:00')
    const { payeeAccountId } = await proposeAccount(office, shop)
    const { runId } = ok(await office.close(february)).body
    const { sha256 } = ok(await office.check(runId)).body
    const ended: string[] = []
    const asked = await stage.owner.transaction().execute(async (tx) => {
      // The approval comes as far as writing its shares: the statements are drawn.
      await sql`lock table settlement.share in share row exclusive mode`.execute(tx)
      const approval = office.approve(runId, sha256).finally(() => ended.push('approval'))
      await wait(300, null)
      const hold = office
        .ask(office.clerk, `POST /v1/shops/${shop.shopId}/hold`, { reason: '調査中' })
        .finally(() => ended.push('hold'))
      const change = office
        .ask(office.clerk, `POST /v1/payee-accounts/${payeeAccountId}/check`, {
          decision: 'accept',
        })
        .finally(() => ended.push('change'))
      await wait(300, null)
      expect(ended).toEqual([])
      return { approval, hold, change }
    })
    expect((await asked.approval).status).toBe(200)
    expect((await asked.hold).status).toBe(200)
    expect((await asked.change).body).toMatchObject({ code: 'account_locked', runNo: 1 })
    expect(await office.transfersOf(runId)).toMatchObject([{ yen: 995, state: 'instructed' }])
    await noDifference()
  })
})

test('a settling and a return at once: the transfer is settled or returned, not both', async () => {
  const shop = await openShop(stage)
  await tills.redeem(shop, await tills.openPurse(), 1_000)
  stage.moveTo('2027-02-16T09:00:00+09:00')
  const { runId } = await office.approved(february)
  ok(await office.sendFile(runId))
  stage.moveTo('2027-02-26T09:00:00+09:00')
  const [payout] = await office.transfersOf(runId)
  const [settled, returned] = await Promise.all([
    office.settle(runId),
    office.giveBack(payout?.payoutId),
  ])
  expect(settled.status).toBe(200)
  const [now] = await office.transfersOf(runId)
  expect([returned.status, now?.state]).toEqual(
    returned.status === 200 ? [200, 'returned'] : [409, 'settled'],
  )
  await noDifference()
})

const byId = (a: { redemptionId: string }, b: { redemptionId: string }): number =>
  a.redemptionId < b.redemptionId ? -1 : 1

const wait = <T>(ms: number, value: T): Promise<T> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(value), ms)
  })

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 2_000) throw new Error('it did not come about')
    await wait(10, null)
  }
}
