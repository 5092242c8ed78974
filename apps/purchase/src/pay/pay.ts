import { inTransaction } from '@minnaken/db'
import type { Instant } from '@minnaken/domain'
import type { Deps } from '../deps.ts'
import { findOrder, type Order } from './order-row.ts'
import type { ChargeOutcome } from './provider.ts'
import { settlePayment } from './settle.ts'

/**
 * Asks the payment company to charge the card of a reserved order, outside any transaction, and
 * settles its answer. Answers the order as it is then.
 *
 * When the answer is lost the order stays reserved; a notice, or the same request again, or its
 * lapsing decides. Asking twice charges once, because both name the same payment.
 *
 * Nobody is charged at or after the end of the sale: the money could only go back. The order lapses,
 * and if an earlier try did charge in time, its notice still finds it.
 */
export async function payByCard(deps: Deps, order: Order, card: string): Promise<Order> {
  if (order.state !== 'reserved') return order
  const at = deps.now()
  const event = at < order.payBy ? await charge(deps, order, { card, at }) : expired
  if (event.kind === 'pending') return order
  await inTransaction(deps.db, async (tx) => ({
    kind: await settlePayment(tx, deps, { found: order, event }),
  }))
  return again(deps, order)
}

const expired = { kind: 'expired' } as const

const charge = (
  deps: Deps,
  { paymentId, price }: Order,
  by: Readonly<{ card: string; at: Instant }>,
): Promise<ChargeOutcome> =>
  deps.provider.charge({ paymentId, amount: price, ...by }).catch((error: unknown) => {
    deps.log.fault(error, { what: 'payment provider', step: 'charge' })
    return { kind: 'pending' }
  })

/**
 * Has a slip issued for a reserved order, once; asking again finds the same slip.
 * When the company's answer is lost the order has no slip yet, and the same request asks again.
 */
export async function issueSlip(deps: Deps, order: Order): Promise<Order> {
  if (order.slipNo !== null || order.state !== 'reserved') return order
  const { orderId, paymentId, price, payBy } = order
  const issued = await deps.provider
    .issueSlip({ paymentId, amount: price, payBy })
    .catch((error: unknown) => {
      deps.log.fault(error, { what: 'payment provider', step: 'issue slip' })
      return null
    })
  if (issued === null) return order
  await deps.db
    .updateTable('sale.order')
    .set({ slip_no: issued.slipNo })
    .where('order_id', '=', orderId)
    .where('slip_no', 'is', null)
    .execute()
  return again(deps, order)
}

async function again(deps: Deps, { orderId }: Order): Promise<Order> {
  const order = await findOrder(deps.db, orderId)
  if (order === null) throw new Error('an order is never removed')
  return order
}
