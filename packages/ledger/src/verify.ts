import type { Db, Tx } from '@minnaken/db'
import { type Yen, yen } from '@minnaken/domain'
import { type RawBuilder, sql } from 'kysely'
import { bookChecks } from './verify-checks.ts'
import { settlementChecks } from './verify-settlement-checks.ts'

const checks = [...bookChecks, ...settlementChecks]

/** Every yen of face value that was issued is in exactly one of these places. */
export type MoneyIdentity = Readonly<{
  issued: Yen
  /** In residents' wallets. */
  unspent: Yen
  /** Owed to shops. */
  unsettled: Yen
  /** Approved, and not yet paid by the bank. */
  inTransfer: Yen
  /** Paid to shops, fees withheld included. */
  settled: Yen
  refunded: Yen
  expired: Yen
}>

export type Check = Readonly<{
  name: string
  ok: boolean
  /** How many things were compared. */
  checked: number
  firstDifference: unknown
}>

export type Verification = Readonly<{
  balanced: boolean
  identity: MoneyIdentity
  checks: readonly Check[]
}>

/**
 * Replays the whole book and compares it with everything that is derived from it.
 *
 * One snapshot, so it may run while shops are taking payments. Reads with any role that may read
 * the ledger; writes nothing. `onProgress` hears the name of each check before it starts.
 */
export const verifyLedger = (
  db: Db,
  onProgress: (name: string) => void = () => {},
): Promise<Verification> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => verifyWithin(tx, onProgress))

/** The same within a transaction of the caller's, as it sees the book. */
export async function verifyWithin(
  tx: Tx,
  onProgress: (name: string) => void = () => {},
): Promise<Verification> {
  const results: Check[] = []
  for (const { name, query } of checks) {
    onProgress(name)
    results.push(await run(tx, name, query))
  }
  onProgress('money_identity')
  const identity = await readIdentity(tx)
  results.push(identityCheck(identity))
  return { balanced: results.every((check) => check.ok), identity, checks: results }
}

async function run(tx: Tx, name: string, query: RawBuilder<unknown>): Promise<Check> {
  const { rows } = await sql<{ checked: number; wrong: number; first: unknown }>`
    with compared as (${query})
    select count(*) as checked, count(*) filter (where ok is not true) as wrong,
      (select to_jsonb(c) - 'ok' from compared c where ok is not true limit 1) as first
    from compared`.execute(tx)
  const [row] = rows
  if (row === undefined) throw new Error('a check answers one row')
  return { name, ok: row.wrong === 0, checked: row.checked, firstDifference: row.first }
}

/** Each place from what is kept there: lots from lots, the rest from the legs of its accounts. */
async function readIdentity(tx: Tx): Promise<MoneyIdentity> {
  const { rows } = await sql<Record<keyof MoneyIdentity, number>>`
    with moved as (
      select coalesce(p.event, case when r.redemption_id is not null then 'redemption' else 'void' end)
          as event, split_part(debit_account, ':', 1) as debit,
        split_part(credit_account, ':', 1) as credit, l.yen
      from ledger.leg l
      left join ledger.posting p using (bucket, posting_id)
      left join ledger.redemption r on r.bucket = l.bucket and r.redemption_id = l.posting_id
    ), sums as (
      select event, debit, credit, sum(yen) as yen from moved group by event, debit, credit
    )
    select
      coalesce(sum(case when event = 'sale' and credit = 'VOUCHER' then yen
        when event = 'sale_undone' and debit = 'VOUCHER' then -yen end), 0)::bigint as issued,
      (select coalesce(sum(remaining_yen), 0)::bigint from ledger.lot) as unspent,
      coalesce(sum(case when credit = 'SHOP_PAYABLE' then yen when debit = 'SHOP_PAYABLE' then -yen
        end), 0)::bigint as unsettled,
      coalesce(sum(case when credit = 'PAYOUT_IN_TRANSIT' then yen
        when debit = 'PAYOUT_IN_TRANSIT' then -yen end), 0)::bigint as "inTransfer",
      coalesce(sum(case when event = 'payout_settled' and credit = 'BANK' then yen
        when event = 'payout_settled' and debit = 'BANK' then -yen
        when event = 'payout_returned' and debit = 'BANK' then -yen
        when event = 'payout_returned' and credit = 'BANK' then yen
        when credit = 'REDEMPTION_FEE_INCOME' then yen
        when debit = 'REDEMPTION_FEE_INCOME' then -yen end), 0)::bigint as settled,
      coalesce(sum(case when event = 'refund' and debit = 'VOUCHER' then yen end), 0)::bigint
        as refunded,
      coalesce(sum(case when event = 'expiry' and debit = 'VOUCHER' then yen end), 0)::bigint
        as expired
    from sums`.execute(tx)
  const [row] = rows
  if (row === undefined) throw new Error('the identity is one row')
  return {
    issued: yen(row.issued),
    unspent: yen(row.unspent),
    unsettled: yen(row.unsettled),
    inTransfer: yen(row.inTransfer),
    settled: yen(row.settled),
    refunded: yen(row.refunded),
    expired: yen(row.expired),
  }
}

function identityCheck(identity: MoneyIdentity): Check {
  const { issued, ...places } = identity
  const accounted = Object.values(places).reduce((sum, part) => sum + part, 0)
  return {
    name: 'money_identity',
    ok: issued === accounted,
    checked: 1,
    firstDifference: issued === accounted ? null : { issued, accounted },
  }
}
