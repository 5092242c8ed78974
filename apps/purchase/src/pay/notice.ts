import { inTransaction } from '@minnaken/db'
import type { Tx } from '@minnaken/db'
import type { Deps } from '../deps.ts'
import { findOrderOfPayment } from './order-row.ts'
import type { PaymentNotice } from './provider.ts'
import { settlePayment } from './settle.ts'

export type NoticeOutcome =
  | Readonly<{ kind: 'taken'; outcome: string }>
  | Readonly<{ kind: 'signature_refused' | 'notice_malformed' }>

/**
 * Takes a notice of the payment company: checks who sent the bytes, settles the payment, and keeps
 * the notice with what became of it. The same notice again is answered with that.
 *
 * A notice about a payment that we do not know is kept too, for whoever looks into it.
 */
export async function takeNotice(
  deps: Deps,
  received: Readonly<{ headers: Headers; bytes: Uint8Array }>,
): Promise<NoticeOutcome> {
  const { provider } = deps
  const reading = provider.readNotice({ ...received, at: deps.now() })
  if (reading.kind !== 'read') return reading
  const { notice } = reading
  const known = await findNotice(deps.db, provider.name, notice.noticeId)
  if (known !== null) return { kind: 'taken', outcome: known }

  return inTransaction(deps.db, async (tx) => {
    const { paymentId } = notice
    const found = await findOrderOfPayment(tx, { provider: provider.name, paymentId })
    const outcome =
      found === null ? 'unknown_payment' : await settlePayment(tx, deps, { found, event: notice })
    await keepNotice(tx, deps, { notice, outcome })
    const kept = await findNotice(tx, provider.name, notice.noticeId)
    return { kind: 'taken' as const, outcome: kept ?? outcome }
  })
}

async function findNotice(
  db: Deps['db'] | Tx,
  provider: string,
  noticeId: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('sale.payment_notice')
    .select('outcome')
    .where('provider', '=', provider)
    .where('notice_id', '=', noticeId)
    .executeTakeFirst()
  return row?.outcome ?? null
}

async function keepNotice(
  tx: Tx,
  deps: Deps,
  { notice, outcome }: Readonly<{ notice: PaymentNotice; outcome: string }>,
): Promise<void> {
  await tx
    .insertInto('sale.payment_notice')
    .values({
      provider: deps.provider.name,
      notice_id: notice.noticeId,
      provider_payment_id: notice.paymentId,
      kind: notice.kind,
      paid_at: notice.kind === 'succeeded' ? new Date(notice.paidAt) : null,
      received_at: new Date(deps.now()),
      outcome,
    })
    .onConflict((same) => same.columns(['provider', 'notice_id']).doNothing())
    .execute()
}
