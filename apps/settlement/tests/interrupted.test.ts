import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { closePeriod } from '../src/close/close.ts'
import { approveFile } from '../src/approve/approve.ts'
import { checkFile } from '../src/check/check.ts'
import { noteReturn } from '../src/pay/return.ts'
import { settleTransfers } from '../src/pay/send.ts'
import type { Deps } from '../src/deps.ts'
import { type Tills, openTills } from './_money.ts'
import { type Office, february, ok, openOffice } from './_run.ts'
import { type Shop, openShop } from './_shop.ts'
import { type Stage, setStage } from './_stage.ts'

let stage: Stage
let tills: Tills
let office: Office
let shops: Shop[]
/** The steps after which the verb was stopped already; null stops nothing. */
let stoppedAfter: Set<string> | null
beforeEach(async () => {
  stage = await setStage({
    settlement: { shopFeeBps: 300 },
    onStep: (step) => {
      if (stoppedAfter === null || stoppedAfter.has(step)) return
      stoppedAfter.add(step)
      throw new Stopped(step)
    },
  })
  stoppedAfter = null
  stage.moveTo('2027-02-10T12:00:00+09:00')
  tills = openTills(stage)
  office = await openOffice(stage)
  shops = [await openShop(stage), await openShop(stage)]
  for (const bucket of [0, 1]) {
    const purse = await tills.openPurse(2, bucket)
    for (const shop of shops) await tills.redeem(shop, purse, 1_234)
  }
  stage.moveTo('2027-02-16T09:00:00+09:00')
})
afterEach(() => stage.drop())

class Stopped extends Error {}

/**
 * Does a verb again and again, each time stopped after the first step that it was not stopped
 * after before, until it gets through; and then once more. Answers those steps.
 */
async function stopAtEachStep(verb: (deps: Deps) => Promise<unknown>): Promise<string[]> {
  stoppedAfter = new Set()
  for (let tries = 1; ; tries += 1) {
    try {
      await verb(stage.service.deps)
      break
    } catch (error) {
      if (!(error instanceof Stopped) || tries > 50) throw error
    }
  }
  const steps = [...stoppedAfter]
  stoppedAfter = null
  await verb(stage.service.deps)
  return steps
}

const written = async () => ({
  lines: await stage.owner
    .selectFrom('settlement.settlement_line')
    .selectAll()
    .orderBy('source_id')
    .execute(),
  statements: await stage.owner
    .selectFrom('settlement.statement')
    .selectAll()
    .orderBy('statement_no')
    .execute(),
  shares: await stage.owner
    .selectFrom('settlement.share')
    .selectAll()
    .orderBy('shop_id')
    .orderBy('bucket')
    .execute(),
  payouts: await stage.owner
    .selectFrom('settlement.payout')
    .selectAll()
    .orderBy('payee_account_id')
    .execute(),
  postings: await stage.owner
    .selectFrom('ledger.posting')
    .select(['bucket', 'posting_id', 'event', 'about'])
    .where('event', 'like', 'payout_%')
    .orderBy('posting_id')
    .execute(),
})

const noDifference = async () =>
  expect((await stage.verify()).checks.filter(({ ok: holds }) => !holds)).toEqual([])

describe('stopped after any step and done again', () => {
  test('a closing ends in one run with every line once', async () => {
    expect(await stopAtEachStep((deps) => closePeriod(deps, february))).toEqual([
      'run_opened',
      'days_closed:0',
      'days_closed:1',
      'lines_written:0',
      'lines_written:1',
      'statements_drawn',
      'run_closed',
    ])
    const { lines, statements } = await written()
    expect(lines).toHaveLength(4)
    expect(statements.map((row) => row.paid_yen)).toEqual([2_394, 2_394])
    await noDifference()
  })

  test('a check gives the same file', async () => {
    const { runId } = ok(await office.close(february)).body
    const check = { runId: String(runId), clerkId: office.clerk.accountId }
    const steps = await stopAtEachStep((deps) => checkFile(deps, check))
    expect(steps).toEqual(['statements_redrawn', 'run_checked'])
    const before = await written()
    const { fileSha256 } = (await office.show(runId)).body
    expect(ok(await office.check(runId)).body['sha256']).toBe(fileSha256)
    expect(await written()).toEqual(before)
  })

  test('an approval posts each payout once, and the file is the one that was checked', async () => {
    const { runId } = ok(await office.close(february)).body
    const { sha256 } = ok(await office.check(runId)).body
    const approval = {
      runId: String(runId),
      sha256: String(sha256),
      approverId: office.approver.accountId,
    }
    expect(await stopAtEachStep((deps) => approveFile(deps, approval))).toEqual([
      'shares_written',
      'payouts_instructed',
      'run_approved',
      'payout_approved:0',
      'payout_approved:1',
      'run_posted',
    ])
    const { postings, payouts } = await written()
    expect(postings).toHaveLength(4)
    expect(payouts.map((row) => row.yen)).toEqual([2_394, 2_394])
    const { bytes } = await office.fileOf(runId)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
    await noDifference()
  })

  test('the postings of an approval are finished by whoever acts next', async () => {
    const { runId } = ok(await office.close(february)).body
    const { sha256 } = ok(await office.check(runId)).body
    stoppedAfter = new Set(['shares_written', 'payouts_instructed', 'run_approved'])
    const stopped = await office.approve(runId, sha256)
    expect(stopped.status).toBe(500)
    expect([...stoppedAfter].at(-1)).toBe('payout_approved:0')
    stoppedAfter = null
    expect((await office.show(runId)).body['state']).toBe('approved')
    ok(await office.sendFile(runId))
    await noDifference()
    expect((await written()).postings).toHaveLength(4)
  })

  test('a settling and a return move each yen once', async () => {
    const { runId } = await office.approved(february)
    ok(await office.sendFile(runId))
    const [payout] = await office.transfersOf(runId)
    const back = { payoutId: String(payout?.payoutId), reason: '口座解約' }
    stage.moveTo('2027-02-26T09:00:00+09:00')
    expect(await stopAtEachStep((deps) => noteReturn(deps, back))).toEqual([
      'payout_returned',
      'payout_settled:0',
      'payout_settled:1',
      'payout_returned:0',
      'payout_returned:1',
      'return_posted',
    ])
    await noDifference()
    expect(await stopAtEachStep((deps) => settleTransfers(deps, { runId }))).toEqual([
      'payout_settled:0',
      'payout_settled:1',
      'run_settled',
    ])
    const { postings } = await written()
    const events = postings.map(({ event }) => event)
    expect(events.filter((event) => event === 'payout_settled')).toHaveLength(4)
    expect(events.filter((event) => event === 'payout_returned')).toHaveLength(2)
    expect((await stage.verify()).identity).toMatchObject({
      inTransfer: 0,
      unsettled: 2_394,
      settled: 2_394 + 2 * 74,
    })
    await noDifference()
  })
})

test('whatever is done again after everything is done changes nothing', async () => {
  const { runId, sha256 } = await office.approved(february)
  ok(await office.sendFile(runId))
  stage.moveTo('2027-02-26T09:00:00+09:00')
  ok(await office.settle(runId))
  const before = await written()
  const { bytes } = await office.fileOf(runId)
  stage.moveTo('2027-03-05T09:00:00+09:00')
  ok(await office.close(february))
  ok(await office.approve(runId, sha256))
  ok(await office.sendFile(runId))
  ok(await office.settle(runId))
  expect((await office.check(runId)).status).toBe(409)
  expect(await written()).toEqual(before)
  expect((await office.fileOf(runId)).bytes).toEqual(bytes)
  await noDifference()
})
