import { inTransaction } from '@minnaken/db'
import { type Refused, refused } from '@minnaken/http'
import type { Tx } from '@minnaken/db'
import { type Instant, releaseRefusal, type ReleaseRefusal } from '@minnaken/domain'
import type { OpenCampaign } from '@minnaken/ledger'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { lapseOverdue, lockStock } from './counters.ts'

type Released = Readonly<{
  releasedAt: Instant
  unitsReleased: number
  unitsUnsold: number
  ordersLapsed: number
  unitsFree: number
}>

export type ReleaseOutcome =
  | (Readonly<{ kind: 'released' }> & Released)
  | Refused<ReleaseRefusal | Readonly<{ kind: 'draw_not_run' }>>

/**
 * Gives back to the stock what nobody paid, two days after the end of `pay`, together with what
 * the draw left over: from now on it is for sale to anyone.
 *
 * All wins first, then the stock, as everywhere. Again it finds nothing more of the wins, and lets
 * orders of the second sale lapse that nobody heard of in time.
 */
export async function releaseUnpaid(
  deps: Deps,
  { campaignId, campaign }: OpenCampaign,
): Promise<ReleaseOutcome> {
  const early = releaseRefusal(campaign, deps.now())
  if (early !== null) return refused(early)
  return inTransaction(deps.db, async (tx): Promise<ReleaseOutcome> => {
    const draw = await tx
      .selectFrom('sale.draw')
      .select('run_at')
      .where('campaign_id', '=', campaignId)
      .executeTakeFirst()
    if (draw === undefined || draw.run_at === null) return refused({ kind: 'draw_not_run' })

    await lockUnpaidWins(tx, campaignId)
    const stock = await lockStock(tx, campaignId)
    const at = deps.now()
    const wins = await releaseWins(tx, { campaignId, at })
    const overdue = await lapseOverdue(tx, { campaignId, applicationId: null, at })
    const unitsUnsold = stock.releasedAt === null ? stock.total - wins.unitsWon : 0
    const unitsFree = stock.free + wins.unitsReleased + overdue.units + unitsUnsold
    const releasedAt = stock.releasedAt ?? at
    await tx
      .updateTable('sale.stock')
      .set({ units_free: unitsFree, released_at: new Date(releasedAt) })
      .where('campaign_id', '=', campaignId)
      .execute()
    return {
      kind: 'released',
      releasedAt,
      unitsReleased: wins.unitsReleased,
      unitsUnsold,
      ordersLapsed: wins.ordersLapsed + overdue.orders,
      unitsFree,
    }
  })
}

async function lockUnpaidWins(tx: Tx, campaignId: string): Promise<void> {
  await sql`
    select from sale.win
    where campaign_id = ${campaignId} and units_won > units_paid + units_released
    order by application_id for no key update`.execute(tx)
}

/** What `releaseWin` says of one win, done to all of them. */
async function releaseWins(
  tx: Tx,
  { campaignId, at }: Readonly<{ campaignId: string; at: Instant }>,
): Promise<Readonly<{ unitsWon: number; unitsReleased: number; ordersLapsed: number }>> {
  const { rows } = await sql<{ won: number; unpaid: number }>`
    select coalesce(sum(units_won), 0)::int as won,
      coalesce(sum(units_won - units_paid - units_released), 0)::int as unpaid
    from sale.win where campaign_id = ${campaignId}`.execute(tx)
  await sql`
    update sale.win set units_released = units_won - units_paid, units_reserved = 0
    where campaign_id = ${campaignId} and units_won > units_paid + units_released`.execute(tx)
  const lapsed = await tx
    .updateTable('sale.order')
    .set({ state: 'lapsed', state_since: new Date(at) })
    .where('campaign_id', '=', campaignId)
    .where('application_id', 'is not', null)
    .where('state', '=', 'reserved')
    .executeTakeFirst()
  return {
    unitsWon: rows[0]?.won ?? 0,
    unitsReleased: rows[0]?.unpaid ?? 0,
    ordersLapsed: Number(lapsed.numUpdatedRows),
  }
}
