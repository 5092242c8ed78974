import type { Db } from '@minnaken/db'
import type { SettlementPeriod } from '@minnaken/domain'
import { sql } from 'kysely'

/**
 * Gives every redemption and void of a period its line, in one bucket.
 *
 * A statement of its own, begun after the days were closed: as one statement with the closing it
 * kept the snapshot from before it had waited, and left a redemption that was in flight without a
 * line. A line that exists stays, so doing it again changes nothing.
 * What the federation voided after a closing is a correction, once, in the period of its own date.
 */
export async function writeLines(
  db: Db,
  of: Readonly<{ bucket: number; runId: string; period: SettlementPeriod }>,
): Promise<void> {
  const { periodStart, periodEnd } = of.period
  await sql`
    insert into settlement.settlement_line (bucket, source_id, run_id, shop_id, kind, yen, business_date)
    select bucket, redemption_id, ${of.runId}::uuid, shop_id, 'redemption', yen, business_date
    from ledger.redemption
    where bucket = ${of.bucket} and business_date between ${periodStart} and ${periodEnd}
    union all
    select bucket, void_id, ${of.runId}::uuid, shop_id,
      case voided_by when 'federation' then 'correction' else 'void' end, yen, business_date
    from ledger.void
    where bucket = ${of.bucket} and business_date between ${periodStart} and ${periodEnd}
    on conflict (bucket, source_id) do nothing`.execute(db)
}

/** The first business day before a period that has payments and that no run has closed. */
export async function firstUnclosedDay(
  db: Db,
  { bucket, before }: Readonly<{ bucket: number; before: string }>,
): Promise<string | null> {
  const { rows } = await sql<{ business_date: string }>`
    select day.business_date from ledger.bucket_day day
    where day.bucket = ${bucket} and day.business_date < ${before}
      and not exists (select from settlement.run
        where day.business_date between period_start and period_end and state <> 'open')
      and (exists (select from ledger.redemption r
          where r.bucket = day.bucket and r.business_date = day.business_date)
        or exists (select from ledger.void v
          where v.bucket = day.bucket and v.business_date = day.business_date))
    order by day.business_date limit 1`.execute(db)
  return rows[0]?.business_date ?? null
}
