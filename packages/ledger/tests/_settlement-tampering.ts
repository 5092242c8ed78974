import { sql } from 'kysely'
import { TODAY } from './_book.ts'
import type { Tampering } from './_book-tampering.ts'

const owed = 'every_shop_is_owed_what_its_lines_say'
const line = 'every_settlement_line_is_its_payment'
const missing = 'every_payment_of_a_closed_period_has_its_line'
const statement = 'every_statement_is_the_sum_of_its_lines'
const carried = 'every_statement_carries_on_from_the_one_before'
const returned = 'what_came_back_is_paid_again_once'
const transfer = 'every_transfer_is_the_sum_of_its_statements'
const approved = 'every_approved_payout_is_posted_as_stated'
const settled = 'every_settled_run_left_the_bank_as_transferred'

/** Takes a posting of a run and shop away, with its legs. */
const unpost = (event: string, runId: string, shopNo: string, bucket = 0) => [
  sql`delete from ledger.leg where (bucket, posting_id) in (select bucket, posting_id
    from ledger.posting where event = ${event} and about = ${`${runId}:${shopNo}`}
      and bucket = ${bucket})`,
  sql`delete from ledger.posting where event = ${event} and about = ${`${runId}:${shopNo}`}
    and bucket = ${bucket}`,
]

/** What the owner of the database can do to what shops are told and paid, and which checks see it. */
export const settlementTamperings: readonly Tampering[] = [
  [
    'a settlement line is of another amount',
    ({ small }) => [
      sql`update settlement.settlement_line set yen = yen + 1
        where source_id = ${small.redemptionId}`,
    ],
    [line, statement],
  ],
  [
    'a settlement line of a closed period is missing',
    ({ small }) => [
      sql`delete from settlement.settlement_line where source_id = ${small.redemptionId}`,
    ],
    [missing, statement],
  ],
  [
    'a settlement line is in another run',
    ({ small, run2 }) => [
      sql`update settlement.settlement_line set run_id = ${run2}
        where source_id = ${small.redemptionId}`,
    ],
    [missing, statement],
  ],
  [
    'a settlement line is of another shop',
    ({ small, a }) => [
      sql`update settlement.settlement_line set shop_id = ${a.shopId}
        where source_id = ${small.redemptionId}`,
    ],
    [line, statement],
  ],
  [
    "a void counts as the federation's correction",
    ({ part }) => [
      sql`update settlement.settlement_line set kind = 'correction' where source_id = ${part}`,
    ],
    [line, statement],
  ],
  [
    'a settlement line is of another day',
    ({ small }) => [
      sql`update settlement.settlement_line set business_date = ${TODAY}::date + 1
        where source_id = ${small.redemptionId}`,
    ],
    [line],
  ],
  [
    'a settlement line is of a payment that does not exist',
    ({ run1, a, newId }) => [
      sql`insert into settlement.settlement_line
        values (0, ${newId()}, ${run1}, ${a.shopId}, 'redemption', 1, ${TODAY})`,
    ],
    [line, statement],
  ],
  [
    'a statement counts a payment more',
    ({ run1, a }) => [
      sql`update settlement.statement set redemptions = redemptions + 1
        where run_id = ${run1} and shop_id = ${a.shopId}`,
    ],
    [statement],
  ],
  [
    'a statement counts a void more',
    ({ run1, a }) => [
      sql`update settlement.statement set voids = voids + 1
        where run_id = ${run1} and shop_id = ${a.shopId}`,
    ],
    [statement],
  ],
  [
    'a statement pays a yen more than its lines',
    ({ run2, b }) => [
      sql`update settlement.statement set redemptions_yen = redemptions_yen + 1,
        paid_yen = paid_yen + 1 where run_id = ${run2} and shop_id = ${b.shopId}`,
    ],
    [owed, statement, transfer, approved],
  ],
  [
    'a statement begins with more than the one before left',
    ({ run2, b }) => [
      sql`update settlement.statement set carried_in_yen = 100, carried_out_yen = 100
        where run_id = ${run2} and shop_id = ${b.shopId}`,
    ],
    [carried],
  ],
  [
    'a statement pays more again than came back',
    ({ run2, b }) => [
      sql`update settlement.statement set returned_yen = returned_yen + 1,
        carried_out_yen = carried_out_yen + 1 where run_id = ${run2} and shop_id = ${b.shopId}`,
    ],
    [returned],
  ],
  [
    'a statement is gone',
    ({ run2, a }) => [
      sql`delete from settlement.statement where run_id = ${run2} and shop_id = ${a.shopId}`,
    ],
    [owed, statement, approved],
  ],
  [
    'a transfer is of another amount',
    ({ run2 }) => [sql`update settlement.payout set yen = yen + 1 where run_id = ${run2}`],
    [transfer],
  ],
  [
    'a transfer is gone',
    ({ run1 }) => [sql`delete from settlement.payout where run_id = ${run1} and yen = 990`],
    [transfer, settled],
  ],
  [
    'an approved payout is not posted',
    ({ run2, b }) => unpost('payout_approved', run2, b.shopNo),
    [owed, approved],
  ],
  [
    'a fee is a yen more than stated',
    ({ run1, b }) => [
      sql`update ledger.leg set yen = yen + 1 where credit_account = 'REDEMPTION_FEE_INCOME'
        and debit_account = ${`SHOP_PAYABLE:${b.shopNo}`} and (bucket, posting_id) in (
          select bucket, posting_id from ledger.posting where about = ${`${run1}:${b.shopNo}`})`,
    ],
    [owed, approved],
  ],
  [
    'the value date of a settled run is not posted',
    ({ run1, b }) => unpost('payout_settled', run1, b.shopNo),
    [settled],
  ],
  [
    'the bank paid before the run was sent',
    ({ run1, run2 }) => [
      sql`update ledger.posting set about = ${run2} || substr(about, 37)
        where event = 'payout_settled' and about like ${`${run1}%`}`,
      sql`update settlement.run set state = 'approved' where run_id = ${run2}`,
    ],
    [settled],
  ],
  [
    'what came back is not posted',
    ({ run1, b }) => unpost('payout_returned', run1, b.shopNo),
    [returned],
  ],
]
