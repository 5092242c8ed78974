import { type Refused, refused } from '@minnaken/http'
import { isUniqueViolation, type Tx, inTransaction } from '@minnaken/db'
import {
  decideSecondSaleOrder,
  decideWinOrder,
  type Instant,
  type PayMethod,
  payByOf,
  type Period,
  type Sale,
  type SecondSaleRefusal,
  type WinOrderRefusal,
  yen,
} from '@minnaken/domain'
import { findWallet, type OpenCampaign } from '@minnaken/ledger'
import type { Deps } from '../deps.ts'
import {
  capsOf,
  lapseOverdue,
  lockStock,
  lockWin,
  ownedUnits,
  saveStock,
  saveWin,
} from './counters.ts'
import { findOrderByKey, insertOrder, type NewOrder, type Order } from './order-row.ts'

export type OrderRequest = Readonly<{
  accountId: string
  sale: Sale
  units: number
  method: PayMethod
  key: string
  fingerprint: Buffer
}>

type PlaceRefusal =
  | WinOrderRefusal
  | SecondSaleRefusal
  | Readonly<{ kind: 'result_not_published'; dueAt: Instant }>
  | Readonly<{ kind: 'nothing_won' }>
  | Readonly<{ kind: 'no_second_sale' }>
  | Readonly<{ kind: 'wallet_stopped'; stoppedAt: Instant }>

export type PlaceOutcome =
  | Readonly<{ kind: 'reserved' | 'found'; order: Order }>
  | Readonly<{ kind: 'key_reused' }>
  | Refused<PlaceRefusal>

/**
 * Reserves units, of the person's win or in the second sale. Nobody is charged here.
 *
 * Lock, look for the earlier answer, then decide: a request that waits behind its own first try
 * finds the order which that one made.
 */
export async function placeOrder(
  deps: Deps,
  open: OpenCampaign,
  request: OrderRequest,
): Promise<PlaceOutcome> {
  const existing = await findOrderByKey(deps.db, request)
  if (existing !== null) return foundOrder(existing, request)
  try {
    return await inTransaction(deps.db, async (tx): Promise<PlaceOutcome> => {
      const stoppedAt = await walletStoppedAt(tx, request.accountId)
      if (stoppedAt !== null) return refused({ kind: 'wallet_stopped', stoppedAt })
      return request.sale === 'win'
        ? reserveOfWin(tx, { deps, open, request })
        : reserveOfStock(tx, { deps, open, request })
    })
  } catch (error) {
    // The same key at the same moment, for something that is under another lock.
    const other = isUniqueViolation(error) ? await findOrderByKey(deps.db, request) : null
    if (other === null) throw error
    return foundOrder(other, request)
  }
}

const foundOrder = (order: Order, { fingerprint }: OrderRequest): PlaceOutcome =>
  order.fingerprint.equals(fingerprint) ? { kind: 'found', order } : { kind: 'key_reused' }

type Placing = Readonly<{ deps: Deps; open: OpenCampaign; request: OrderRequest }>

async function reserveOfWin(tx: Tx, { deps, open, request }: Placing): Promise<PlaceOutcome> {
  const { campaignId, campaign } = open
  const { accountId, units } = request
  const { pay, results } = campaign.windows
  const found = await tx
    .selectFrom('sale.draw as draw')
    .leftJoin('sale.application as application', (join) =>
      join
        .onRef('application.campaign_id', '=', 'draw.campaign_id')
        .on('application.account_id', '=', accountId),
    )
    .leftJoin('sale.win as win', 'win.application_id', 'application.application_id')
    .select(['draw.published_at', 'win.application_id'])
    .where('draw.campaign_id', '=', campaignId)
    .executeTakeFirst()
  if (found === undefined || found.published_at === null)
    return refused({ kind: 'result_not_published', dueAt: results })
  const { application_id: applicationId } = found
  if (applicationId === null) return refused({ kind: 'nothing_won' })

  const locked = await lockWin(tx, applicationId)
  const earlier = await findOrderByKey(tx, request)
  if (earlier !== null) return foundOrder(earlier, request)
  const now = deps.now()
  const lapsed = await lapseOverdue(tx, { campaignId, applicationId, at: now })
  const win = { ...locked, reserved: locked.reserved - lapsed.units }
  if (win.won === 0) return refused({ kind: 'nothing_won' })
  const decision = decideWinOrder({ units, win, pay, now })
  if (decision.kind === 'refused') return decision
  await saveWin(tx, applicationId, decision.win)
  const order = newOrder({ deps, open, request }, { units, window: pay, now })
  return { kind: 'reserved', order: await insertOrder(tx, { ...order, applicationId, seq: null }) }
}

async function reserveOfStock(tx: Tx, { deps, open, request }: Placing): Promise<PlaceOutcome> {
  const { campaignId, campaign } = open
  const { accountId, units } = request
  const window = campaign.windows.secondSale
  if (window === null) return refused({ kind: 'no_second_sale' })

  const locked = await lockStock(tx, campaignId)
  const earlier = await findOrderByKey(tx, request)
  if (earlier !== null) return foundOrder(earlier, request)
  const now = deps.now()
  const lapsed = await lapseOverdue(tx, { campaignId, applicationId: null, at: now })
  const decision = decideSecondSaleOrder({
    units,
    stock: { free: locked.free + lapsed.units, seq: locked.seq },
    caps: await capsOf(tx, campaign, { campaignId, accountId }),
    owned: await ownedUnits(tx, { campaignId, accountId }),
    window,
    wasReleased: locked.releasedAt !== null,
    now,
  })
  if (decision.kind === 'refused') return decision
  await saveStock(tx, campaignId, decision.stock)
  const order = newOrder({ deps, open, request }, { units: decision.units, window, now })
  const { seq } = decision.stock
  return { kind: 'reserved', order: await insertOrder(tx, { ...order, applicationId: null, seq }) }
}

function newOrder(
  { deps, open: { campaignId, campaign }, request }: Placing,
  { units, window, now }: Readonly<{ units: number; window: Period; now: Instant }>,
): Omit<NewOrder, 'applicationId' | 'seq'> {
  const orderId = deps.newId()
  const { accountId, method, sale, key, fingerprint } = request
  return {
    orderId,
    campaignId,
    accountId,
    units,
    price: yen(units * campaign.unit.priceYen),
    method,
    provider: deps.provider.name,
    paymentId: orderId,
    payBy: payByOf({ method, sale, window, placedAt: now }),
    placedAt: now,
    key,
    fingerprint,
  }
}

async function walletStoppedAt(tx: Tx, accountId: string): Promise<Instant | null> {
  const place = await findWallet(tx, accountId)
  if (place === null) throw new Error('a resident has a wallet')
  const wallet = await tx
    .selectFrom('ledger.wallet')
    .select('stopped_at')
    .where('bucket', '=', place.bucket)
    .where('wallet_id', '=', place.walletId)
    .executeTakeFirstOrThrow()
  return wallet.stopped_at?.getTime() ?? null
}
