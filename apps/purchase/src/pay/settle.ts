import type { Tx } from '@minnaken/db'
import {
  type Counters,
  decideFailure,
  decidePayment,
  expiresAt,
  type Instant,
  jstDateOf,
  type OrderSource,
  type OrderState,
  partsOf,
  type RefundReason,
  secondSaleCapLeft,
  type Stock,
  yen,
} from '@minnaken/domain'
import {
  findWallet,
  issueOrder,
  type OpenCampaign,
  paymentUnmatchedLegs,
  post,
} from '@minnaken/ledger'
import type { Deps } from '../deps.ts'
import { capsOf, lockStock, lockWin, ownedUnits, saveStock, saveWin } from './counters.ts'
import { lockOrder, type Order, setOrderState } from './order-row.ts'

/** What the payment company says of an order's payment. */
export type PaymentEvent =
  | Readonly<{ kind: 'succeeded'; paidAt: Instant }>
  | Readonly<{ kind: 'declined' }>
  | Readonly<{ kind: 'expired' }>

export type Settled = 'issued' | 'refund_due' | 'given_back' | 'nothing_new'

/**
 * Settles what was heard of an order's payment: vouchers are issued, a refund becomes due, or the
 * units go back. In one transaction with everything that follows from it.
 *
 * `found` names the order; its state is read anew under the locks, so it does not matter how often,
 * in which order or by how many at once the same thing is heard.
 */
export async function settlePayment(
  tx: Tx,
  deps: Deps,
  { found, event }: Readonly<{ found: Order; event: PaymentEvent }>,
): Promise<Settled> {
  const { campaignId, applicationId } = found
  const campaign = await deps.campaigns.find(campaignId, tx)
  if (campaign === undefined) throw new Error('an order has its campaign')

  const source: OrderSource =
    applicationId === null
      ? { kind: 'second_sale' }
      : { kind: 'win', win: await lockWin(tx, applicationId) }
  const heldStock = applicationId === null ? await lockStock(tx, campaignId) : null
  const order = await lockOrder(tx, found.orderId)
  const needsStock = order.state === 'declined' || order.state === 'lapsed'
  const stock = heldStock ?? (needsStock ? await lockStock(tx, campaignId) : untouched)
  const at = deps.now()

  const place = { order, source, stock }
  if (event.kind !== 'succeeded') {
    const decision = decideFailure(place)
    if (decision.kind === 'nothing_new') return 'nothing_new'
    await saveCounters(tx, order, { before: place, after: decision })
    const state: OrderState = event.kind === 'declined' ? 'declined' : 'lapsed'
    await setOrderState(tx, { orderId: order.orderId, state, at })
    return 'given_back'
  }

  const decision = decidePayment({
    ...place,
    paidAt: event.paidAt,
    payBy: order.payBy,
    endsAt: expiresAt(campaign),
    capLeft: needsStock ? await capLeft(tx, { campaignId, campaign }, order) : 0,
    now: at,
  })
  if (decision.kind === 'nothing_new') return 'nothing_new'
  await saveCounters(tx, order, { before: place, after: decision })
  const { orderId } = order
  const { paidAt } = event
  if (decision.kind === 'issued') {
    await setOrderState(tx, { orderId, state: 'paid', paidAt, at })
    await issueVouchers(tx, deps, { open: { campaignId, campaign }, order, at })
  } else {
    await setOrderState(tx, { orderId, state: 'refund_due', paidAt, at })
    await openRefundCase(tx, deps, { order, reason: decision.reason, at })
  }
  return decision.kind
}

/** Stands for a stock that a decision about a reserved part of a win neither reads nor moves. */
const untouched: Stock = { free: 0, seq: 0 }

async function capLeft(tx: Tx, { campaignId, campaign }: OpenCampaign, order: Order) {
  const { accountId, applicationId } = order
  const caps = await capsOf(tx, campaign, { campaignId, accountId })
  const owned = await ownedUnits(tx, { campaignId, accountId })
  return applicationId === null
    ? secondSaleCapLeft(caps, owned)
    : Math.max(0, caps.person - owned.all)
}

async function saveCounters(
  tx: Tx,
  { campaignId, applicationId }: Order,
  { before, after }: Readonly<{ before: Counters; after: Counters }>,
): Promise<void> {
  if (after.source.kind === 'win' && applicationId !== null)
    await saveWin(tx, applicationId, after.source.win)
  if (after.stock.free !== before.stock.free) await saveStock(tx, campaignId, after.stock)
}

type Paid = Readonly<{ order: Order; at: Instant }>

async function issueVouchers(
  tx: Tx,
  deps: Deps,
  { open: { campaignId, campaign }, order, at }: Paid & Readonly<{ open: OpenCampaign }>,
): Promise<void> {
  const wallet = await findWallet(tx, order.accountId)
  if (wallet === null) throw new Error('a resident has a wallet')
  const issued = await issueOrder(tx, {
    wallet,
    orderId: order.orderId,
    campaignId,
    parts: partsOf(campaign).map(({ code, priceYen, faceYen }) => ({
      kind: code,
      lotId: deps.newId(),
      price: yen(priceYen * order.units),
      face: yen(faceYen * order.units),
    })),
    expiresAt: expiresAt(campaign),
    at,
  })
  if (issued === 'already_posted') throw new Error('an order that was not paid has vouchers')
}

async function openRefundCase(
  tx: Tx,
  deps: Deps,
  { order, reason, at }: Paid & Readonly<{ reason: RefundReason }>,
): Promise<void> {
  const wallet = await findWallet(tx, order.accountId)
  if (wallet === null) throw new Error('a resident has a wallet')
  await tx
    .insertInto('sale.refund_case')
    .values({
      order_id: order.orderId,
      reason,
      yen: order.price,
      opened_at: new Date(at),
    })
    .execute()
  await post(tx, {
    bucket: wallet.bucket,
    postingId: deps.newId(),
    event: 'payment_unmatched',
    about: order.orderId,
    at,
    businessDate: jstDateOf(at),
    legs: paymentUnmatchedLegs(order.price),
  })
}
