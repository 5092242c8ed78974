import { type Refused, refused } from '@minnaken/http'
import type { Instant } from '@minnaken/domain'
import type { Deps } from '../deps.ts'
import { takeNotice } from './notice.ts'
import { findOrderOfSlip } from './order-row.ts'
import type { SandboxRegister } from './sandbox.ts'

export type SlipPaymentOutcome =
  | Readonly<{ kind: 'paid'; paymentId: string; paidAt: Instant; outcomes: readonly string[] }>
  | Readonly<{ kind: 'not_found' }>
  | Refused<Readonly<{ kind: 'paid_at_impossible'; placedAt: Instant; nowAt: Instant }>>

/**
 * Pays a slip of the sandbox at an invented store, and delivers the company's signed notice to our
 * own door: as often and as late as asked, because real notices come twice and late too.
 */
export async function paySlip(
  deps: Deps,
  register: SandboxRegister,
  asked: Readonly<{
    slipNo: string
    paidAt?: Instant | undefined
    deliveries: number
    delayMs: number
  }>,
): Promise<SlipPaymentOutcome> {
  const order = await findOrderOfSlip(deps.db, {
    provider: deps.provider.name,
    slipNo: asked.slipNo,
  })
  if (order === null) return { kind: 'not_found' }
  const { paymentId, placedAt } = order
  const nowAt = deps.now()
  const paidAt = asked.paidAt ?? nowAt
  if (paidAt < placedAt || paidAt > nowAt)
    return refused({ kind: 'paid_at_impossible', placedAt, nowAt })

  const notice = { kind: 'succeeded', noticeId: `${paymentId}-paid`, paymentId, paidAt } as const
  const deliver = () =>
    Promise.all(
      Array.from({ length: asked.deliveries }, async () => {
        const taken = await takeNotice(deps, register.signNotice(notice, deps.now()))
        return taken.kind === 'taken' ? taken.outcome : taken.kind
      }),
    )
  if (asked.delayMs === 0) return { kind: 'paid', paymentId, paidAt, outcomes: await deliver() }
  setTimeout(() => {
    deliver().catch((error: unknown) => deps.log.fault(error, { what: 'late notice' }))
  }, asked.delayMs).unref()
  return { kind: 'paid', paymentId, paidAt, outcomes: [] }
}
