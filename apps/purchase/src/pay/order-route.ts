import { unreachable } from '@minnaken/domain'
import { problem, reply, route, refusalReply } from '@minnaken/http'
import { admissionProblems } from '../admission/route.ts'
import {
  campaignParams,
  orderBody,
  orderParams,
  orderReply,
  ordersReply,
  placedReply,
} from '../contract.ts'
import type { Deps } from '../deps.ts'
import { orderFingerprint } from './fingerprint.ts'
import { findOrder, listOrders, type Order } from './order-row.ts'
import { issueSlip, payByCard } from './pay.ts'
import { placeOrder } from './place.ts'
import { orderView } from './view.ts'

export const placeOrderRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/campaigns/:code/orders',
    access: ['resident'],
    admission: true,
    shed: 'sale',
    summary: { ja: '購入する(カード・コンビニ)', en: 'Buy units by card or slip' },
    params: campaignParams,
    body: orderBody,
    idempotent: true,
    replies: { 201: placedReply, 202: placedReply },
    problems: [
      ...admissionProblems,
      'result_not_published',
      'nothing_won',
      'no_second_sale',
      'wallet_stopped',
      'pay_not_open',
      'pay_over',
      'units_over_win',
      'second_sale_not_ready',
      'person_cap',
      'sold_out',
      'card_declined',
      'order_lapsed',
      'payment_due_back',
    ],
    handle: async ({ params: { code }, body, actor: { accountId }, idempotencyKey }) => {
      const open = await deps.findCampaign(code)
      if (open === null) return problem('not_found')
      const { units, sale, method } = body
      const placed = await placeOrder(deps, open, {
        accountId,
        sale,
        units,
        method,
        key: idempotencyKey,
        fingerprint: orderFingerprint({ accountId, campaign: code, sale, units, method }),
      })
      if (placed.kind === 'refused') return refusalReply(placed)
      if (placed.kind === 'key_reused') return problem('idempotency_key_reused')
      const { order } = placed
      const paying =
        body.method === 'card' ? payByCard(deps, order, body.card) : issueSlip(deps, order)
      const isReplay = placed.kind === 'found'
      // From here on something was done, whatever fails: nobody may hear that nothing was.
      return paying
        .then((paid) => answer(deps, paid, { unitsWanted: units, isReplay }))
        .catch((error: unknown) => {
          deps.log.fault(error, { what: 'an order that was placed' })
          return problem('outcome_unknown')
        })
    },
  })

/** The answer to the one who buys. It follows from the order alone, so a repeated request has it too. */
async function answer(
  deps: Deps,
  order: Order,
  { unitsWanted, isReplay }: Readonly<{ unitsWanted: number; isReplay: boolean }>,
) {
  const headers: Record<string, string> = isReplay ? { 'idempotent-replayed': 'true' } : {}
  const { orderId } = order
  // A slip is answered once it is issued; that it was paid later is seen in the order.
  if (order.method === 'slip') {
    if (order.slipNo === null)
      return order.state === 'reserved'
        ? problem('outcome_unknown')
        : problem('order_lapsed', { orderId }, headers)
    const view = await orderView(deps, { ...order, state: 'reserved', paidAt: null })
    return reply(201, { ...view, unitsWanted }, { headers })
  }
  const view = { ...(await orderView(deps, order)), unitsWanted }
  switch (order.state) {
    case 'paid':
      return reply(201, view, { headers })
    case 'reserved':
      return reply(202, view, { headers })
    case 'declined':
      return problem('card_declined', { orderId }, headers)
    case 'lapsed':
      return problem('order_lapsed', { orderId }, headers)
    case 'refund_due':
    case 'refunded':
      return problem('payment_due_back', { orderId }, headers)
    default:
      return unreachable(order.state)
  }
}

export const listOrdersRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/orders/mine',
    access: ['resident'],
    shed: 'sale',
    summary: { ja: '自分の購入', en: 'My orders' },
    replies: { 200: ordersReply },
    handle: async ({ actor: { accountId } }) => {
      const orders = await listOrders(deps.db, accountId)
      return reply(200, { orders: await Promise.all(orders.map((each) => orderView(deps, each))) })
    },
  })

export const showOrderRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/orders/:orderId',
    access: ['resident'],
    shed: 'sale',
    summary: { ja: '購入の内容', en: 'One of my orders' },
    params: orderParams,
    replies: { 200: orderReply },
    handle: async ({ params: { orderId }, actor: { accountId } }) => {
      const order = await findOrder(deps.db, orderId)
      return order === null || order.accountId !== accountId
        ? problem('not_found')
        : reply(200, await orderView(deps, order))
    },
  })
