import { type VoidRefusal, bucketedId, parseBucketedId, unreachable } from '@minnaken/domain'
import { isUniqueViolation } from '@minnaken/db'
import { isoOf, problem, reply, route } from '@minnaken/http'
import { voidBody, voidParams, voidReply } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { type Voider, voidPayment } from './void.ts'

/** What two connections do in some tenths of a second; one more is told to come again at once. */
export const VOIDS_WAITING_MAX = 64

export const voidRoute = (deps: Deps) => {
  const hasRoom = () => deps.pool.waitingCount < VOIDS_WAITING_MAX
  return route({
    method: 'post',
    path: '/v1/redemptions/:redemptionId/voids',
    access: ['shop_staff', 'shop_owner', 'clerk'],
    hasRoom,
    summary: { ja: '支払いを取り消す(全額・一部)', en: 'Void a payment, whole or part' },
    params: voidParams,
    body: voidBody,
    idempotent: true,
    replies: { 201: voidReply },
    problems: [
      'nothing_left',
      'voucher_ended',
      'period_closed',
      'period_open',
      'staff_window_over',
      'void_exceeds',
      'till_revoked',
      'till_expired',
    ],
    handle: async ({ params, body, actor, idempotencyKey }) => {
      // Those who came together all found room.
      if (!hasRoom()) return problem('busy')
      const place = parseBucketedId(params.redemptionId)
      if (place === null) return problem('not_found')
      const voider: Voider =
        actor.role === 'shop_staff'
          ? { by: 'staff', tillId: actor.tillId, shopId: actor.shopId }
          : { by: actor.role === 'clerk' ? 'federation' : 'owner', accountId: actor.accountId }
      const outcome = await voidKeyed(deps, {
        bucket: place.bucket,
        redemptionId: place.id,
        amount: body.amountYen ?? 'whole',
        reason: body.reason,
        voider,
        idempotencyKey,
      })
      switch (outcome.kind) {
        case 'voided':
        case 'replayed':
          return reply(
            201,
            {
              voidId: bucketedId(place.bucket, outcome.voidId),
              redemptionId: params.redemptionId,
              amountYen: outcome.amount,
              split: outcome.split,
              voidedAt: isoOf(outcome.decidedAt),
            },
            outcome.kind === 'replayed' ? { headers: { 'idempotent-replayed': 'true' } } : {},
          )
        case 'refused':
          return problem(outcome.refusal.kind, dataOf(outcome.refusal))
        case 'till_revoked':
          return problem('till_revoked', { revokedAt: isoOf(outcome.revokedAt) })
        case 'till_expired':
          return problem('till_expired', { expiresAt: isoOf(outcome.expiresAt) })
        case 'idempotency_key_reused':
        case 'not_found':
          return problem(outcome.kind)
        default:
          return unreachable(outcome)
      }
    },
  })
}

async function voidKeyed(...asked: Parameters<typeof voidPayment>) {
  try {
    return await voidPayment(...asked)
  } catch (error) {
    // The key was recorded for another payment while this one was decided: it now has its answer.
    if (isUniqueViolation(error)) return voidPayment(...asked)
    throw error
  }
}

function dataOf(refusal: VoidRefusal): Record<string, unknown> {
  switch (refusal.kind) {
    case 'voucher_ended':
      return { endedAt: isoOf(refusal.endedAt), returnableYen: refusal.returnable }
    case 'staff_window_over':
      return { until: isoOf(refusal.until) }
    case 'void_exceeds':
      return { leftYen: refusal.left }
    case 'nothing_left':
    case 'period_closed':
    case 'period_open':
      return {}
    default:
      return unreachable(refusal)
  }
}
