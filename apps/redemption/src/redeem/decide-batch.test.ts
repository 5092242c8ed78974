import { type Lot, yen } from '@minnaken/domain'
import { describe, expect, test } from 'vitest'
import { decideBatch } from './decide-batch.ts'
import type { RequestFacts } from './facts.ts'
import type { RedeemRequest } from './request.ts'

const NOW = Date.parse('2027-03-10T12:00:00+09:00')
const DAY = 86_400_000

const lot: Lot = {
  lotId: 'lot-1',
  campaignId: 'MIRAI2026',
  kind: 'COMMON',
  remaining: yen(1_000),
  expiresAt: NOW + DAY,
  use: { from: NOW - DAY, until: NOW + DAY },
  acceptedBy: ['SMALL'],
  perCodeYenMax: yen(50_000),
  minYen: yen(1),
}
const facts: RequestFacts = {
  earlier: null,
  device: { revokedAt: null },
  wallet: { stoppedAt: null },
  till: { revokedAt: null, expiresAt: NOW + DAY },
  shop: { kind: 'active', shopClass: 'SMALL' },
  shopId: 'shop-1',
  lots: 0,
  shopNo: '100001',
}
const request = (nonce: number, amount: number, changes: Partial<RedeemRequest> = {}) => ({
  deviceId: 'phone-1',
  walletId: 'wallet-1',
  nonce: new Uint8Array(16).fill(nonce),
  codeIssuedAt: NOW,
  tillId: 'till-1',
  amount: yen(amount),
  confirmed: false,
  ...changes,
})

function decide(requests: readonly RedeemRequest[], its: Partial<RequestFacts> = {}) {
  let ids = 0
  return decideBatch({
    requests,
    facts: requests.map(() => ({ ...facts, ...its })),
    lotsOf: () => [lot],
    decidedAt: NOW,
    newId: () => `id-${++ids}`,
  })
}
const kindsOf = ({ answers }: ReturnType<typeof decide>) => answers.map(({ kind }) => kind)

describe('a batch', () => {
  test('takes the same code once, and answers it again with the first answer', () => {
    const batch = decide([request(7, 400), request(7, 400), request(7, 400)])
    expect(kindsOf(batch)).toEqual(['redeemed', 'replayed', 'replayed'])
    expect(batch.redemptions).toHaveLength(1)
    expect(batch.replays).toHaveLength(2)
    expect(batch.remainders).toEqual(new Map([['lot-1', 600]]))
    const [first, again] = batch.answers
    expect(again).toEqual({ ...first, kind: 'replayed' })
  })

  test('tells the till that used a code what it took, and another till nothing of it', () => {
    const otherTill = { tillId: 'till-2' }
    const batch = decide([request(7, 400), request(7, 300), request(7, 400, otherTill)])
    expect(batch.answers).toMatchObject([
      { kind: 'redeemed' },
      { kind: 'code_already_used', own: { amount: 400 } },
      { kind: 'code_already_used', own: null },
    ])
    expect(batch.replays).toEqual([])
  })

  test('takes the same nonce of two phones twice: a photographed code burns nothing', () => {
    const batch = decide([request(7, 400), request(7, 400, { deviceId: 'phone-2' })])
    expect(kindsOf(batch)).toEqual(['redeemed', 'redeemed'])
  })

  test('lets each request see what the ones before it took, and writes a lot once', () => {
    const batch = decide([request(1, 400), request(2, 500), request(3, 101), request(4, 100)])
    expect(kindsOf(batch)).toEqual(['redeemed', 'redeemed', 'refused', 'redeemed'])
    expect(batch.remainders).toEqual(new Map([['lot-1', 0]]))
  })

  test('looks for the earlier answer before anything that time can change', () => {
    const earlier = {
      redemptionId: 'first',
      tillId: 'till-1',
      amount: yen(400),
      split: [],
      decidedAt: NOW - 3_600_000,
      voided: yen(0),
    }
    const since = NOW - 60_000
    const batch = decide([request(7, 400, { codeIssuedAt: NOW - 3_600_000 })], {
      earlier,
      shop: { kind: 'suspended', shopClass: 'SMALL', since },
      till: { revokedAt: since, expiresAt: since },
      device: { revokedAt: since },
      wallet: { stoppedAt: since },
    })
    expect(batch.answers).toEqual([{ kind: 'replayed', redemption: earlier }])
    expect(batch.replays).toMatchObject([{ redemptionId: 'first' }])
  })

  test('of refusals alone writes nothing, and a refused code can be used', () => {
    const refused = decide([request(7, 1_001), request(8, 1_001)])
    expect([refused.redemptions, refused.replays, [...refused.remainders]]).toEqual([[], [], []])
    expect(kindsOf(decide([request(7, 1_001), request(7, 1_000)]))).toEqual(['refused', 'redeemed'])
  })
})
