import { inTransaction } from '@minnaken/db'
import type { Db, Tx } from '@minnaken/db'
import { type Instant, jstDateOf, type PayMethod, type RefundReason, yen } from '@minnaken/domain'
import { findWallet, paymentRefundedLegs, post } from '@minnaken/ledger'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { lockOrder, setOrderState } from './order-row.ts'

/** Money that came and cannot become vouchers. */
export type RefundCase = Readonly<{
  orderId: string
  campaign: string
  reason: RefundReason
  yen: number
  units: number
  method: PayMethod
  paidAt: Instant
  openedAt: Instant
  closedAt: Instant | null
}>

const select = (db: Db | Tx) =>
  db
    .selectFrom('sale.refund_case as case')
    .innerJoin('sale.order as order', 'order.order_id', 'case.order_id')
    .innerJoin('campaign.campaign as campaign', 'campaign.campaign_id', 'order.campaign_id')
    .select([
      'case.order_id',
      'campaign.code',
      sql<RefundReason>`"case".reason`.as('reason'),
      'case.yen',
      'order.units',
      sql<PayMethod>`"order".method`.as('method'),
      'order.paid_at',
      'case.opened_at',
      'case.closed_at',
    ])

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirst']>>>

const caseOf = (row: Row): RefundCase => ({
  orderId: row.order_id,
  campaign: row.code,
  reason: row.reason,
  yen: row.yen,
  units: row.units,
  method: row.method,
  paidAt: (row.paid_at ?? row.opened_at).getTime(),
  openedAt: row.opened_at.getTime(),
  closedAt: row.closed_at?.getTime() ?? null,
})

/** The cases that wait for somebody, oldest first, then the newest of those that are closed. */
export async function listRefundCases(db: Db): Promise<RefundCase[]> {
  const rows = await select(db)
    .orderBy(sql`"case".closed_at desc nulls first`)
    .orderBy('case.opened_at')
    .orderBy('case.order_id')
    .limit(1_000)
    .execute()
  return rows.map(caseOf)
}

/**
 * Closes a case once the money has gone back, and posts that it has.
 * Closing it again answers with the first closing. Null when there is no such case.
 */
export async function closeRefundCase(
  deps: Deps,
  { orderId, by }: Readonly<{ orderId: string; by: string }>,
): Promise<RefundCase | null> {
  const outcome = await inTransaction(deps.db, async (tx) => {
    const held = await tx
      .selectFrom('sale.refund_case')
      .select(['yen', 'closed_at'])
      .where('order_id', '=', orderId)
      .forUpdate()
      .executeTakeFirst()
    if (held === undefined) return { kind: 'not_found' as const }
    if (held.closed_at === null) {
      const at = deps.now()
      await tx
        .updateTable('sale.refund_case')
        .set({ closed_at: new Date(at), closed_by: by })
        .where('order_id', '=', orderId)
        .execute()
      await postRefund(tx, deps, { orderId, amount: held.yen, at })
    }
    const row = await select(tx).where('case.order_id', '=', orderId).executeTakeFirstOrThrow()
    return { kind: 'closed' as const, refundCase: caseOf(row) }
  })
  return outcome.kind === 'closed' ? outcome.refundCase : null
}

async function postRefund(
  tx: Tx,
  deps: Deps,
  { orderId, amount, at }: Readonly<{ orderId: string; amount: number; at: Instant }>,
): Promise<void> {
  const order = await lockOrder(tx, orderId)
  const wallet = await findWallet(tx, order.accountId)
  if (wallet === null) throw new Error('a resident has a wallet')
  await setOrderState(tx, { orderId, state: 'refunded', at })
  await post(tx, {
    bucket: wallet.bucket,
    postingId: deps.newId(),
    event: 'payment_refunded',
    about: orderId,
    at,
    businessDate: jstDateOf(at),
    legs: paymentRefundedLegs(yen(amount)),
  })
}
