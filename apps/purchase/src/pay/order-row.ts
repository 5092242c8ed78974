import type { Db, Tx } from '@minnaken/db'
import type { Instant, OrderState, PayMethod, Sale, Yen } from '@minnaken/domain'
import { yen } from '@minnaken/domain'
import { sql } from 'kysely'

/** An order as it is kept. What it is about never changes; its state does. */
export type Order = Readonly<{
  orderId: string
  campaignId: string
  accountId: string
  /** The win it pays for; null in the second sale. */
  applicationId: string | null
  seq: number | null
  units: number
  price: Yen
  method: PayMethod
  state: OrderState
  paymentId: string
  slipNo: string | null
  payBy: Instant
  placedAt: Instant
  paidAt: Instant | null
  fingerprint: Buffer
}>

export const saleOf = ({ applicationId }: Pick<Order, 'applicationId'>): Sale =>
  applicationId === null ? 'second_sale' : 'win'

const columns = [
  'order_id',
  'campaign_id',
  'account_id',
  'application_id',
  'sale_seq',
  'units',
  'price_yen',
  sql<PayMethod>`method`.as('method'),
  sql<OrderState>`state`.as('state'),
  'provider_payment_id',
  'slip_no',
  'pay_by',
  'placed_at',
  'paid_at',
  'fingerprint',
] as const

const select = (db: Db | Tx) => db.selectFrom('sale.order').select(columns)

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirst']>>>

const orderOf = (row: Row): Order => ({
  orderId: row.order_id,
  campaignId: row.campaign_id,
  accountId: row.account_id,
  applicationId: row.application_id,
  seq: row.sale_seq,
  units: row.units,
  price: yen(row.price_yen),
  method: row.method,
  state: row.state,
  paymentId: row.provider_payment_id,
  slipNo: row.slip_no,
  payBy: row.pay_by.getTime(),
  placedAt: row.placed_at.getTime(),
  paidAt: row.paid_at?.getTime() ?? null,
  fingerprint: row.fingerprint,
})

/** A person's order by the key of the request that placed it. */
export async function findOrderByKey(
  db: Db | Tx,
  { accountId, key }: Readonly<{ accountId: string; key: string }>,
): Promise<Order | null> {
  const row = await select(db)
    .where('account_id', '=', accountId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst()
  return row === undefined ? null : orderOf(row)
}

export async function findOrder(db: Db | Tx, orderId: string): Promise<Order | null> {
  const row = await select(db).where('order_id', '=', orderId).executeTakeFirst()
  return row === undefined ? null : orderOf(row)
}

/** The order of a payment, by the id under which the payment company knows it. */
export async function findOrderOfPayment(
  db: Db | Tx,
  { provider, paymentId }: Readonly<{ provider: string; paymentId: string }>,
): Promise<Order | null> {
  const row = await select(db)
    .where('provider', '=', provider)
    .where('provider_payment_id', '=', paymentId)
    .executeTakeFirst()
  return row === undefined ? null : orderOf(row)
}

export async function findOrderOfSlip(
  db: Db,
  { provider, slipNo }: Readonly<{ provider: string; slipNo: string }>,
): Promise<Order | null> {
  const row = await select(db)
    .where('provider', '=', provider)
    .where('slip_no', '=', slipNo)
    .executeTakeFirst()
  return row === undefined ? null : orderOf(row)
}

/** Reads an order again and holds it. Its win, or the stock, must be locked before. */
export async function lockOrder(tx: Tx, orderId: string): Promise<Order> {
  const row = await select(tx).where('order_id', '=', orderId).forUpdate().executeTakeFirstOrThrow()
  return orderOf(row)
}

/** A person's orders, newest first. */
export async function listOrders(db: Db, accountId: string): Promise<Order[]> {
  const rows = await select(db)
    .where('account_id', '=', accountId)
    .orderBy('placed_at', 'desc')
    .orderBy('order_id', 'desc')
    .limit(200)
    .execute()
  return rows.map(orderOf)
}

/** An order that is to be written. */
export type NewOrder = Omit<Order, 'state' | 'slipNo' | 'paidAt'> &
  Readonly<{ provider: string; key: string }>

/** Writes an order that holds its units from now on. */
export async function insertOrder(tx: Tx, order: NewOrder): Promise<Order> {
  await tx
    .insertInto('sale.order')
    .values({
      order_id: order.orderId,
      campaign_id: order.campaignId,
      account_id: order.accountId,
      application_id: order.applicationId,
      sale_seq: order.seq,
      units: order.units,
      price_yen: order.price,
      method: order.method,
      state: 'reserved',
      provider: order.provider,
      provider_payment_id: order.paymentId,
      pay_by: new Date(order.payBy),
      placed_at: new Date(order.placedAt),
      state_since: new Date(order.placedAt),
      idempotency_key: order.key,
      fingerprint: order.fingerprint,
    })
    .execute()
  const { provider: _provider, key: _key, ...kept } = order
  return { ...kept, state: 'reserved', slipNo: null, paidAt: null }
}

/** Moves an order that this transaction holds to its next state. */
export async function setOrderState(
  tx: Tx,
  {
    orderId,
    state,
    paidAt,
    at,
  }: Readonly<{
    orderId: string
    state: OrderState
    paidAt?: Instant
    at: Instant
  }>,
): Promise<void> {
  await tx
    .updateTable('sale.order')
    .set({
      state,
      state_since: new Date(at),
      ...(paidAt === undefined ? {} : { paid_at: new Date(paidAt) }),
    })
    .where('order_id', '=', orderId)
    .execute()
}
