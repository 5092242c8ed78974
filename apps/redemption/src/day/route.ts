import { bucketedId, jstDateOf } from '@minnaken/domain'
import { isoOf, problem, reply, route } from '@minnaken/http'
import { dayQuery, dayReply, shopParams } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { findOwnShop, listTills, tillStop } from '../tills/tills.ts'
import { readDay } from './day.ts'

export const dayRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/day',
    access: ['shop_staff', 'shop_owner'],
    summary: { ja: '店の1日の一覧', en: 'The day of a shop' },
    params: shopParams,
    query: dayQuery,
    replies: { 200: dayReply },
    problems: ['till_revoked', 'till_expired'],
    handle: async ({ params: { shopId }, query, actor }) => {
      const date = query.date ?? jstDateOf(deps.now())
      if (actor.role === 'shop_staff') {
        if (actor.shopId !== shopId) return problem('not_found')
        const till = (await listTills(deps.db, shopId)).find((it) => it.tillId === actor.tillId)
        if (till === undefined) return problem('not_found')
        const stopped = tillStop(till, deps.now())
        if (stopped?.kind === 'till_revoked')
          return problem(stopped.kind, { revokedAt: isoOf(stopped.revokedAt) })
        if (stopped?.kind === 'till_expired')
          return problem(stopped.kind, { expiresAt: isoOf(stopped.expiresAt) })
      } else if ((await findOwnShop(deps.db, { shopId, accountId: actor.accountId })) === null)
        return problem('not_found')
      const day = await readDay(deps.db, { shopId, date })
      return reply(200, {
        date,
        redemptions: day.payments.length,
        redemptionsYen: day.redeemed,
        voids: day.voids,
        voidsYen: day.voided,
        totalYen: day.redeemed - day.voided,
        byKind: day.byKind,
        payments: day.payments.map((payment) => ({
          redemptionId: bucketedId(payment.bucket, payment.redemptionId),
          amountYen: payment.amount,
          voidedYen: payment.voided,
          split: payment.split,
          acceptedAt: isoOf(payment.decidedAt),
          tillId: payment.tillId,
          tillName: payment.tillName,
        })),
      })
    },
  })
