import { type Yen, bucketedId, jstDateOf, sumYen } from '@minnaken/domain'
import { bytes, file, isoOf, reply, route } from '@minnaken/http'
import { dayQuery, dayReply, shopParams } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { wordsOf } from '../redeem/answer.ts'
import { shopSeenBy } from './access.ts'
import { dayCsv } from './csv.ts'
import { type ShopDay, readDay } from './day.ts'

export const dayRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/day',
    access: ['shop_staff', 'shop_owner'],
    shed: 'report',
    summary: { ja: '店の1日の一覧', en: 'The day of a shop' },
    params: shopParams,
    query: dayQuery,
    replies: { 200: dayReply },
    problems: ['till_revoked', 'till_expired'],
    handle: async ({ params: { shopId }, query, actor }) => {
      const date = query.date ?? jstDateOf(deps.now())
      const refusal = await shopSeenBy(deps, { shopId, actor })
      if (refusal !== null) return refusal
      const day = await readDay(deps.db, { shopId, date })
      return reply(200, {
        date,
        redemptions: day.payments.length,
        redemptionsYen: day.redeemed,
        voids: day.voids.length,
        voidsYen: day.voided,
        totalYen: day.redeemed - day.voided,
        byKind: day.byKind,
        earlierVoidsYen: day.earlierVoided,
        byTill: byTill(day),
        payments: day.payments.map((payment) => ({
          redemptionId: bucketedId(payment.bucket, payment.redemptionId),
          amountYen: payment.amount,
          voidedYen: payment.voided,
          split: payment.split,
          acceptedAt: isoOf(payment.decidedAt),
          tillId: payment.tillId,
          tillName: payment.tillName,
          isPrinted: payment.isPrinted,
          ...(payment.isPrinted ? { words: wordsOf(payment.nonce) } : {}),
        })),
        voidLines: day.voids.map((it) => ({
          voidId: bucketedId(it.bucket, it.voidId),
          redemptionId: bucketedId(it.bucket, it.redemptionId),
          amountYen: it.amount,
          split: it.split,
          isOfEarlierDay: it.isOfEarlierDay,
          voidedAt: isoOf(it.decidedAt),
          voidedBy: it.voidedBy,
          reason: it.reason,
        })),
      })
    },
  })

const CSV = 'text/csv; charset=utf-8'

export const dayCsvRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/day.csv',
    access: ['shop_staff', 'shop_owner'],
    shed: 'report',
    summary: { ja: '店の1日の一覧(CSV)', en: 'The day of a shop as CSV' },
    params: shopParams,
    query: dayQuery,
    replies: { 200: bytes(CSV) },
    problems: ['till_revoked', 'till_expired'],
    handle: async ({ params: { shopId }, query, actor }) => {
      const date = query.date ?? jstDateOf(deps.now())
      const refusal = await shopSeenBy(deps, { shopId, actor })
      if (refusal !== null) return refusal
      const csv = dayCsv(await readDay(deps.db, { shopId, date }))
      return file(Buffer.from(csv), CSV, `みんな券_${date}.csv`)
    },
  })

type Till = Readonly<{ tillName: string; isPrinted: boolean; taken: Yen[]; voided: Yen[] }>

/** What each till took on the day, and what of it was voided on the day; the most first. */
function byTill({ payments, voids }: Pick<ShopDay, 'payments' | 'voids'>) {
  const tills = new Map<string, Till>()
  const tillOf = new Map<string, Till>()
  for (const { redemptionId, tillId, tillName, isPrinted, amount } of payments) {
    const till = tills.get(tillId) ?? { tillName, isPrinted, taken: [], voided: [] }
    till.taken.push(amount)
    tills.set(tillId, till)
    tillOf.set(redemptionId, till)
  }
  for (const { redemptionId, amount } of voids) tillOf.get(redemptionId)?.voided.push(amount)
  return [...tills]
    .map(([tillId, { tillName, isPrinted, taken, voided }]) => ({
      tillId,
      tillName,
      isPrinted,
      redemptions: taken.length,
      redemptionsYen: sumYen(taken),
      voidedYen: sumYen(voided),
    }))
    .toSorted((a, b) => b.redemptionsYen - a.redemptionsYen)
}
