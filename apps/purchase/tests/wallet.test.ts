import { yen } from '@minnaken/domain'
import { redemptionLegs, voidLegs } from '@minnaken/ledger'
import { seedShop } from '@minnaken/ledger/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jst, moments } from './_campaign.ts'
import { type Caller, drawFor, newKey, setStage, type Stage } from './_stage.ts'

let stage: Stage
let person: Caller
let other: Caller
beforeAll(async () => {
  stage = await setStage()
  const [first, second] = await drawFor(stage, [5, 5])
  person = first ?? stage.clerk
  other = second ?? stage.clerk
  for (const units of [2, 1])
    await stage.send(person, 'POST /v1/campaigns/MIRAI2027/orders', {
      body: { method: 'card', units, card: 'tok_ok' },
      key: newKey(),
    })
})
afterAll(() => stage.drop())

const show = async (who: Caller) => (await stage.send(who, 'GET /v1/wallet')).body

test('balances are by kind and last day, in the order in which they are spent', async () => {
  stage.clock.at = moments.pay
  expect(await show(person)).toMatchObject({
    stoppedAt: null,
    spendableYen: 37_500,
    balances: [
      {
        campaign: 'MIRAI2027',
        kind: 'LIMITED',
        label: '限定券',
        acceptedBy: ['SMALL'],
        issuedYen: 19_500,
        remainingYen: 19_500,
        issueDate: '2027-02-01',
        lastDay: '2027-07-31',
        use: { from: '2027-01-31T15:00:00.000Z', until: '2027-07-31T15:00:00.000Z' },
        isSpendable: true,
      },
      { kind: 'COMMON', issuedYen: 18_000, remainingYen: 18_000 },
    ],
  })
})

test('after the last day nothing is spendable, and what is left is still shown', async () => {
  stage.clock.at = jst('2027-08-01') - 1
  expect((await show(person))['spendableYen']).toBe(37_500)
  stage.clock.at = jst('2027-08-01')
  expect(await show(person)).toMatchObject({
    spendableYen: 0,
    balances: [{ isSpendable: false, remainingYen: 19_500 }, { isSpendable: false }],
  })
  stage.clock.at = moments.pay
})

/** Writes a payment, or a void of one, as the redemption service does. */
async function writeHistory(payments: number) {
  const { owner } = stage
  const place = await owner
    .selectFrom('ledger.wallet_of_account')
    .select(['bucket', 'wallet_id'])
    .where('account_id', '=', person.accountId)
    .executeTakeFirstOrThrow()
  const lot = await owner
    .selectFrom('ledger.lot')
    .select(['lot_id', 'campaign_id', 'kind'])
    .where('wallet_id', '=', place.wallet_id)
    .where('kind', '=', 'COMMON')
    .executeTakeFirstOrThrow()
  const shop = await openShop()
  const { bucket } = place
  const write = async (id: string, legs: ReturnType<typeof voidLegs>) =>
    owner
      .insertInto('ledger.leg')
      .values(
        legs.map((leg, n) => ({
          bucket,
          posting_id: id,
          leg_no: n + 1,
          debit_account: leg.debit,
          credit_account: leg.credit,
          yen: leg.yen,
          campaign_id: lot.campaign_id,
          lot_id: lot.lot_id,
        })),
      )
      .execute()
  const take = (amount: number) => [
    { lotId: lot.lot_id, campaignId: lot.campaign_id, kind: lot.kind, yen: yen(amount) },
  ]
  for (let n = 0; n < payments; n++) {
    const at = new Date(moments.pay + n * 1_000)
    const redemption_id = stage.newId()
    await owner
      .insertInto('ledger.redemption')
      .values({
        bucket,
        redemption_id,
        device_id: stage.newId(),
        nonce: Buffer.alloc(16, n),
        wallet_id: place.wallet_id,
        shop_id: shop.shopId,
        till_id: stage.newId(),
        yen: 100 + n,
        business_date: '2027-02-03',
        decided_at: at,
      })
      .execute()
    await write(redemption_id, redemptionLegs(shop.shopNo, take(100 + n)))
    if (n % 10 !== 0) continue
    const void_id = stage.newId()
    await owner
      .insertInto('ledger.void')
      .values({
        bucket,
        void_id,
        redemption_id,
        shop_id: shop.shopId,
        yen: 50,
        voided_by: 'staff',
        actor_id: stage.newId(),
        reason: '打ち間違い',
        idempotency_key: void_id,
        fingerprint: Buffer.alloc(32),
        business_date: '2027-02-03',
        decided_at: new Date(moments.pay + 1_000_000 + n * 1_000),
      })
      .execute()
    await write(void_id, voidLegs(shop.shopNo, take(50)))
  }
}

async function openShop() {
  const { owner } = stage
  const { accountId: ownerAccountId } = await stage.account('shop_owner')
  const shop = { shopId: stage.newId(), shopNo: '100001' }
  const decidedBy = stage.clerk.accountId
  const at = moments.beforeApply
  await seedShop(owner, { ...shop, payeeId: stage.newId(), ownerAccountId, decidedBy, at })
  return shop
}

type Page = { entries: Record<string, unknown>[]; nextCursor: string | null }
const page = async (who: Caller, cursor?: string | null): Promise<Page> => {
  const query = cursor ? `?cursor=${cursor}` : ''
  return (await stage.send(who, `GET /v1/wallet/history${query}`)).body as Page
}

test('the history shows every payment and void once, newest first, page after page', async () => {
  await writeHistory(100)
  const entries: Record<string, unknown>[] = []
  let next: string | null = null
  const sizes: number[] = []
  do {
    const shown: Page = await page(person, next)
    sizes.push(shown.entries.length)
    entries.push(...shown.entries)
    next = shown.nextCursor
  } while (next !== null)
  expect(sizes).toEqual([50, 50, 10])
  expect(new Set(entries.map(({ id }) => id)).size).toBe(110)
  const times = entries.map(({ at }) => String(at))
  expect(times).toEqual(times.toSorted().toReversed())
  expect(entries[0]).toMatchObject({
    kind: 'void',
    yen: 50,
    shop: { shopNo: '100001', name: 'みらい商店' },
    parts: [{ kind: 'COMMON', yen: 50 }],
  })
  const payment = entries.find(({ kind }) => kind === 'payment')
  expect(payment).toMatchObject({ yen: 199, parts: [{ kind: 'COMMON', yen: 199 }] })
  expect(entries.filter(({ kind }) => kind === 'void')).toHaveLength(10)
})

test('nobody sees the history of another, and a cursor is one of ours', async () => {
  expect(await page(other)).toEqual({ entries: [], nextCursor: null })
  for (const cursor of ['x', 'AAAA', Buffer.from('1 2 3').toString('base64url')]) {
    const answer = await stage.send(person, `GET /v1/wallet/history?cursor=${cursor}`)
    expect([answer.status, answer.body['code']]).toEqual([400, 'cursor_unknown'])
  }
  const tooLong = `GET /v1/wallet/history?cursor=${'a'.repeat(201)}` as const
  expect((await stage.send(person, tooLong)).status).toBe(400)
})

test('a wallet that is stopped keeps its value, spends nothing, and stays stopped', async () => {
  const stopped = await stage.send(person, 'POST /v1/wallet/stop')
  stage.clock.at += 60_000
  expect((await stage.send(person, 'POST /v1/wallet/stop')).body).toEqual(stopped.body)
  expect(await show(person)).toMatchObject({
    stoppedAt: stopped.body['stoppedAt'],
    spendableYen: 0,
    balances: [{ remainingYen: 19_500 }, { remainingYen: 18_000 }],
  })
  expect((await show(other))['stoppedAt']).toBeNull()
})
