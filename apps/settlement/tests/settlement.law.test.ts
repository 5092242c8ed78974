import { createHash } from 'node:crypto'
import { addDays, payableOf, yen } from '@minnaken/domain'
import { checkZengin } from '@minnaken/zengin'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeAccount } from './_account.ts'
import { type Payment, openTills } from './_money.ts'
import { type Office, february, lateFebruary, march, ok, openOffice } from './_run.ts'
import { type Shop, accountBody, openShop } from './_shop.ts'
import { type Stage, setStage } from './_stage.ts'

const periods = [february, lateFebruary, march]

/** What happens in a period before it closes. */
type Happening =
  | Readonly<{ kind: 'pay'; shop: number; purse: number; yen: number }>
  | Readonly<{ kind: 'void'; payment: number; percent: number }>
  | Readonly<{ kind: 'hold' | 'release' | 'change_account'; shop: number }>

const shop = fc.nat(2)
const pay = fc.record({
  kind: fc.constant('pay' as const),
  shop,
  purse: fc.nat(2),
  yen: fc.integer({ min: 1, max: 2_500 }),
})
const takeBack = fc.record({
  kind: fc.constant('void' as const),
  payment: fc.nat(20),
  percent: fc.integer({ min: 1, max: 100 }),
})
const decision = fc.record({
  kind: fc.constantFrom('hold' as const, 'release' as const, 'change_account' as const),
  shop,
})
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: pay },
  { weight: 2, arbitrary: takeBack },
  { weight: 1, arbitrary: decision },
)

type History = Readonly<{
  partitioned: boolean
  feeBps: number
  minimumYen: number
  /** In each period what happens, and which of its transfers comes back. */
  plan: readonly Readonly<{ happenings: readonly Happening[]; comesBack: number | null }>[]
}>

const history: fc.Arbitrary<History> = fc.record({
  partitioned: fc.boolean(),
  feeBps: fc.constantFrom(0, 33, 150),
  minimumYen: fc.constantFrom(0, 1_500),
  plan: fc.array(
    fc.record({
      happenings: fc.array(happening, { minLength: 4, maxLength: 14 }),
      comesBack: fc.option(fc.nat(1), { nil: null }),
    }),
    { minLength: periods.length, maxLength: periods.length },
  ),
})

/** One shop's account kept by hand, as a clerk would on paper. */
type Page = {
  readonly shop: Shop
  redemptionsYen: number
  voidsYen: number
  carriedYen: number
  /** What came back and was not paid again. */
  backYen: number
  isBlocked: boolean
  isHeld: boolean
}

test('whatever happens, shops are paid what they took, to the yen, and nothing twice', async () => {
  let lived = 0
  await fc.assert(
    fc.asyncProperty(history, async (given) => {
      const { feeBps: shopFeeBps, minimumYen, partitioned } = given
      const stage = await setStage({ partitioned, settlement: { shopFeeBps, minimumYen } })
      try {
        await live(stage, given)
        lived += 1
      } finally {
        await stage.drop()
      }
    }),
    { numRuns: 6 },
  )
  expect(lived).toBe(6)
}, 120_000)

async function live(stage: Stage, given: History): Promise<void> {
  stage.moveTo('2027-02-01T09:00:00+09:00')
  const tills = openTills(stage)
  const office = await openOffice(stage)
  const account = accountBody()
  const first = await openShop(stage, { body: { account } })
  const sharing = await openShop(stage, { owner: first.owner, body: { account } })
  const alone = await openShop(stage)
  const purses = await Promise.all([0, 1, 1].map((bucket) => tills.openPurse(8, bucket)))
  const pages = [first, sharing, alone].map((each): Page => ({
    shop: each,
    redemptionsYen: 0,
    voidsYen: 0,
    carriedYen: 0,
    backYen: 0,
    isBlocked: false,
    isHeld: false,
  }))
  const payments: { payment: Payment; left: number; page: Page; period: number }[] = []
  let tookYen = 0
  for (const [index, { happenings, comesBack }] of given.plan.entries()) {
    const period = periods[index] ?? february
    stage.moveTo(`${period.periodStart}T12:00:00+09:00`)
    for (const each of happenings) {
      if (each.kind === 'pay') {
        const [page, purse] = [pages[each.shop], purses[each.purse]]
        if (page === undefined || purse === undefined) continue
        const payment = await tills.redeem(page.shop, purse, each.yen)
        payments.push({ payment, left: each.yen, page, period: index })
        page.redemptionsYen += each.yen
        tookYen += each.yen
      } else if (each.kind === 'void') {
        const paid = payments[each.payment % Math.max(1, payments.length)]
        // The void of a part that was voided before would need to know what is left of each lot.
        if (paid === undefined || paid.left < paid.payment.amount) continue
        const back = Math.max(1, Math.floor((paid.left * each.percent) / 100))
        const by = paid.period < index ? 'federation' : 'owner'
        await tills.voidPayment(paid.payment, back, by)
        paid.left -= back
        paid.page.voidsYen += back
        tookYen -= back
      } else await decide(office, pages, each)
    }
    stage.moveTo(`${addDays(period.periodEnd, 1)}T03:00:00+09:00`)
    const run = await runAsOnPaper(office, { period, pages, given })
    stage.moveTo(`${run.payDate}T15:00:00+09:00`)
    await payOut(office, { runId: run.runId, pages, comesBack })
    const { checks, identity } = await stage.verify()
    expect(checks.filter((check) => !check.ok)).toEqual([])
    expect(identity.settled + identity.unsettled + identity.inTransfer).toBe(tookYen)
  }
}

async function decide(
  office: Office,
  pages: readonly Page[],
  { kind, shop: index }: Readonly<{ kind: 'hold' | 'release' | 'change_account'; shop: number }>,
): Promise<void> {
  const page = pages[index]
  if (page === undefined) return
  if (kind === 'change_account') {
    await changeAccount(office, page.shop)
    const payee = index === 2 ? [page] : pages.slice(0, 2)
    for (const each of payee) each.isBlocked = false
    return
  }
  page.isHeld = kind === 'hold'
  const line = `POST /v1/shops/${page.shop.shopId}/${kind}`
  ok(await office.ask(office.clerk, line, { reason: '確認' }))
}

/** Takes a period through to its approved file, and holds every figure against the pages. */
async function runAsOnPaper(
  office: Office,
  { period, pages, given }: Readonly<{ period: typeof february; pages: Page[]; given: History }>,
): Promise<{ runId: string; payDate: string }> {
  const paidYen = pages.map((page) => {
    const payable = payableOf({
      redemptionsYen: yen(page.redemptionsYen),
      voidsYen: yen(page.voidsYen),
      carriedYen: yen(page.carriedYen),
      returnedYen: yen(page.isBlocked ? 0 : page.backYen),
      feeBps: given.feeBps,
      minimumYen: yen(given.minimumYen),
      held: page.isHeld || page.isBlocked,
    })
    if (!page.isBlocked) page.backYen = 0
    Object.assign(page, { redemptionsYen: 0, voidsYen: 0, carriedYen: payable.carriedNextYen })
    return { shopNo: page.shop.shopNo, paidYen: payable.paidYen }
  })
  const { runId, sha256 } = await office.approved(period)
  const { body } = await office.show(runId)
  const stated = body['statements'] as { shopNo: string; paidYen: number }[]
  const told = new Map(stated.map((each) => [each.shopNo, each.paidYen]))
  for (const page of paidYen) expect(told.get(page.shopNo) ?? 0).toBe(page.paidYen)

  const sum = paidYen.reduce((total, page) => total + page.paidYen, 0)
  const transfers = await office.transfersOf(runId)
  expect(transfers.reduce((total, each) => total + each.yen, 0)).toBe(sum)
  expect((await office.approve(runId, sha256)).status).toBe(200)
  const { bytes, status } = await office.fileOf(runId)
  expect(status).toBe(sum === 0 ? 409 : 200)
  if (sum > 0) {
    const trailer = { count: transfers.length, amount: sum }
    expect(checkZengin(bytes)).toMatchObject({ valid: true, batches: [{ trailer }] })
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
  }
  return { runId, payDate: String(body['payDate']) }
}

/** The bank pays; one of the transfers may come back, and its shops are owed again. */
async function payOut(
  office: Office,
  { runId, pages, comesBack }: Readonly<{ runId: string; pages: Page[]; comesBack: number | null }>,
): Promise<void> {
  const transfers = await office.transfersOf(runId)
  if (transfers.length === 0) return
  ok(await office.sendFile(runId))
  const returned = comesBack === null ? undefined : transfers[comesBack]
  if (returned !== undefined) {
    ok(await office.giveBack(returned.payoutId))
    const { statements } = (await office.show(runId)).body as {
      statements: { shopNo: string; paidYen: number }[]
    }
    for (const page of pages.filter((each) => returned.shops.includes(each.shop.shopNo)))
      page.backYen += statements.find(({ shopNo }) => shopNo === page.shop.shopNo)?.paidYen ?? 0
    const isShared = pages.slice(0, 2).some((each) => returned.shops.includes(each.shop.shopNo))
    for (const page of isShared ? pages.slice(0, 2) : pages.slice(2)) page.isBlocked = true
  }
  ok(await office.settle(runId))
}
