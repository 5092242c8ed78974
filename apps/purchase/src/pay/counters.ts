import type { Tx } from '@minnaken/db'
import {
  type Campaign,
  capOfPerson,
  type Instant,
  lapsedBefore,
  type OwnedUnits,
  type SecondSaleCaps,
  type Stock,
  type Win,
} from '@minnaken/domain'
import { sql } from 'kysely'

/**
 * Holds a win, so that what is bought of it is decided one by one. Wins are locked before the
 * stock, and orders only under the lock of what they count in, so nobody waits in a circle.
 */
export async function lockWin(tx: Tx, applicationId: string): Promise<Win> {
  const row = await tx
    .selectFrom('sale.win')
    .select([
      'units_won as won',
      'units_reserved as reserved',
      'units_paid as paid',
      'units_released as released',
    ])
    .where('application_id', '=', applicationId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  return row
}

export async function saveWin(
  tx: Tx,
  applicationId: string,
  { reserved, paid, released }: Win,
): Promise<void> {
  await tx
    .updateTable('sale.win')
    .set({ units_reserved: reserved, units_paid: paid, units_released: released })
    .where('application_id', '=', applicationId)
    .execute()
}

/** Holds the stock: whoever comes next is the next in line. */
export async function lockStock(
  tx: Tx,
  campaignId: string,
): Promise<Stock & Readonly<{ releasedAt: Instant | null; total: number }>> {
  const row = await tx
    .selectFrom('sale.stock')
    .select(['units_free', 'units_total', 'sale_seq', 'released_at'])
    .where('campaign_id', '=', campaignId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  return {
    free: row.units_free,
    total: row.units_total,
    seq: row.sale_seq,
    releasedAt: row.released_at?.getTime() ?? null,
  }
}

export async function saveStock(tx: Tx, campaignId: string, { free, seq }: Stock): Promise<void> {
  await tx
    .updateTable('sale.stock')
    .set({ units_free: free, sale_seq: seq })
    .where('campaign_id', '=', campaignId)
    .execute()
}

/** What a person holds of a campaign by now: paid and reserved units. */
export async function ownedUnits(
  tx: Tx,
  { campaignId, accountId }: Readonly<{ campaignId: string; accountId: string }>,
): Promise<OwnedUnits> {
  const { rows } = await sql<OwnedUnits>`
    select coalesce(sum(units), 0)::int as "all",
      coalesce(sum(units) filter (where sale_seq is not null), 0)::int as "secondSale"
    from sale."order"
    where account_id = ${accountId} and campaign_id = ${campaignId}
      and state in ('reserved', 'paid')`.execute(tx)
  return rows[0] ?? { all: 0, secondSale: 0 }
}

/** The caps of one person; who applied in a group with a cap of its own has that one. */
export async function capsOf(
  tx: Tx,
  campaign: Campaign,
  { campaignId, accountId }: Readonly<{ campaignId: string; accountId: string }>,
): Promise<SecondSaleCaps> {
  const own = await tx
    .selectFrom('sale.application')
    .select('group_code')
    .where('campaign_id', '=', campaignId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return {
    secondSale: campaign.caps.secondSalePerPerson ?? 0,
    person: capOfPerson(campaign, own?.group_code ?? null),
  }
}

/**
 * Lets orders lapse that nobody heard of in time, of one win or of the second sale, whose lock is
 * held. Answers how many units come free and of how many orders.
 */
export async function lapseOverdue(
  tx: Tx,
  of: Readonly<{ campaignId: string; applicationId: string | null; at: Instant }>,
): Promise<Readonly<{ units: number; orders: number }>> {
  const { cardPlacedAt, slipPayBy } = lapsedBefore(of.at)
  const { applicationId } = of
  const lapsed = await tx
    .updateTable('sale.order')
    .set({ state: 'lapsed', state_since: new Date(of.at) })
    .where('campaign_id', '=', of.campaignId)
    .where('state', '=', 'reserved')
    .where((row) =>
      applicationId === null
        ? row('application_id', 'is', null)
        : row('application_id', '=', applicationId),
    )
    .where((row) =>
      row.or([
        row.and([row('method', '=', 'card'), row('placed_at', '<=', new Date(cardPlacedAt))]),
        row.and([row('method', '=', 'slip'), row('pay_by', '<=', new Date(slipPayBy))]),
      ]),
    )
    .returning('units')
    .execute()
  return { units: lapsed.reduce((sum, { units }) => sum + units, 0), orders: lapsed.length }
}
