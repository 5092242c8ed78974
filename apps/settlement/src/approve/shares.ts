import type { Tx } from '@minnaken/db'
import { assert } from '@minnaken/domain'
import { sql } from 'kysely'
import type { RunRow } from '../runs/run.ts'
import { slicesOf } from '../slices.ts'
import type { Statement } from '../statements/draw.ts'

type BucketFacts = Readonly<{
  shop_id: string
  bucket: number
  lines: number
  net_yen: number
  carried_yen: number
  back_yen: number
}>

type Share = Readonly<{
  net: number
  carriedIn: number
  returned: number
  fee: number
  paid: number
  carriedOut: number
}>

/**
 * Divides each statement among the buckets, for good: no transaction crosses buckets, so each
 * bucket posts its own share.
 *
 * A bucket pays what its own lines and what it had carried come to, which may be less than zero
 * where the shop's voids are in one bucket and its payments in another. The fee is counted once,
 * in the first bucket with lines. The shares of a statement add up to it, or nothing is approved.
 */
export async function writeShares(
  tx: Tx,
  run: RunRow,
  statements: readonly Statement[],
): Promise<void> {
  const facts = Map.groupBy(await bucketFacts(tx, run), (row) => row.shop_id)
  const rows = statements.flatMap((statement) => {
    const shares = sharesOf(statement, facts.get(statement.shopId) ?? [])
    assertAddsUp(statement, [...shares.values()])
    return [...shares].map(([bucket, share]) => ({
      run_id: run.run_id,
      shop_id: statement.shopId,
      bucket,
      net_yen: share.net,
      carried_in_yen: share.carriedIn,
      returned_yen: share.returned,
      fee_yen: share.fee,
      paid_yen: share.paid,
      carried_out_yen: share.carriedOut,
    }))
  })
  for (const some of slicesOf(rows)) await tx.insertInto('settlement.share').values(some).execute()
}

function sharesOf(
  statement: Statement,
  buckets: readonly BucketFacts[],
): ReadonlyMap<number, Share> {
  const feeBucket = buckets.find((facts) => facts.lines > 0)?.bucket
  return new Map(
    buckets.map((facts): [number, Share] => {
      const returned = statement.returnedYen === 0 ? 0 : facts.back_yen
      const fee = facts.bucket === feeBucket ? statement.feeYen : 0
      const owed = facts.net_yen + facts.carried_yen + returned - fee
      const isPaid = statement.paidYen > 0
      return [
        facts.bucket,
        {
          net: facts.net_yen,
          carriedIn: facts.carried_yen,
          returned,
          fee,
          paid: isPaid ? owed : 0,
          carriedOut: isPaid ? 0 : owed,
        },
      ]
    }),
  )
}

function assertAddsUp(statement: Statement, shares: readonly Share[]): void {
  const sum = (part: keyof Share) => shares.reduce((total, share) => total + share[part], 0)
  const isWhole =
    sum('paid') === statement.paidYen &&
    sum('fee') === statement.feeYen &&
    sum('returned') === statement.returnedYen &&
    sum('carriedIn') === statement.carriedInYen &&
    sum('carriedOut') === statement.carriedOutYen
  assert(isWhole, `the buckets add up to statement ${statement.statementNo}`)
}

/** What each bucket knows of each shop of the run, in order of bucket. */
async function bucketFacts(tx: Tx, run: RunRow): Promise<readonly BucketFacts[]> {
  const { rows } = await sql<BucketFacts>`
    with lines as (
      select shop_id, bucket, count(*) as lines,
        sum(case kind when 'redemption' then yen else -yen end) as net_yen
      from settlement.settlement_line where run_id = ${run.run_id} group by shop_id, bucket
    ), carried as (
      select distinct on (share.shop_id, share.bucket) share.shop_id, share.bucket,
        share.carried_out_yen as yen
      from settlement.share share join settlement.run run using (run_id)
      where run.run_no < ${run.run_no} order by share.shop_id, share.bucket, run.run_no desc
    ), back as (
      select shop_id, bucket, sum(yen) as yen from (
        select share.shop_id, share.bucket, share.paid_yen as yen from settlement.share share
        join settlement.statement st using (run_id, shop_id)
        join settlement.payout p
          on p.run_id = st.run_id and p.payee_account_id = st.payee_account_id
        where st.paid_yen > 0 and p.return_posted_at is not null
        union all
        select share.shop_id, share.bucket, -share.returned_yen from settlement.share share
        join settlement.run run using (run_id) where run.run_no < ${run.run_no}
      ) came group by shop_id, bucket
    )
    select st.shop_id, b.bucket, coalesce(n.lines, 0) as lines, coalesce(n.net_yen, 0) as net_yen,
      coalesce(c.yen, 0) as carried_yen, coalesce(back.yen, 0) as back_yen
    from settlement.statement st cross join ledger.bucket b
    left join lines n on n.shop_id = st.shop_id and n.bucket = b.bucket
    left join carried c on c.shop_id = st.shop_id and c.bucket = b.bucket
    left join back on back.shop_id = st.shop_id and back.bucket = b.bucket
    where st.run_id = ${run.run_id}
      and (n.shop_id is not null or c.yen <> 0 or back.yen <> 0)
    order by st.shop_id, b.bucket`.execute(tx)
  return rows
}
