import { type RawBuilder, sql } from 'kysely'
import type { TrueBook } from './_true-book.ts'

export type Tampering = readonly [
  what: string,
  statements: (book: TrueBook) => readonly RawBuilder<unknown>[],
  seenBy: readonly string[],
]

const lot = 'every_lot_is_what_its_legs_say'
const entry = 'every_leg_is_an_entry_of_its_event'
const heading = 'every_leg_has_its_heading'
const kind = 'every_leg_is_of_the_kind_of_its_lot'
const buyer = 'every_lot_is_in_the_wallet_of_its_buyer'
const wallet = 'every_wallet_is_where_its_person_finds_it'
const payment = 'every_redemption_is_the_sum_of_its_legs'
const voided = 'every_void_is_the_sum_of_its_legs'
const excess = 'voids_never_exceed_what_was_taken'
const order = 'every_paid_order_was_issued_once'
const owed = 'every_shop_is_owed_what_its_lines_say'
const line = 'every_settlement_line_is_its_payment'
const identity = 'money_identity'

/** What the owner of the database can do to the book, and which checks see it. */
export const bookTamperings: readonly Tampering[] = [
  [
    'a lot holds a yen less',
    ({ unspent }) => [
      sql`update ledger.lot set remaining_yen = remaining_yen - 1
        where lot_id = ${unspent.common.lotId}`,
    ],
    [lot, identity],
  ],
  [
    'a lot was issued for more',
    ({ unspent }) => [
      sql`update ledger.lot set issued_yen = issued_yen + 1 where lot_id = ${unspent.common.lotId}`,
    ],
    [lot],
  ],
  [
    'a lot is gone',
    ({ unspent }) => [sql`delete from ledger.lot where lot_id = ${unspent.common.lotId}`],
    [lot, kind, identity],
  ],
  [
    'a lot is of another kind',
    ({ second }) => [
      sql`update ledger.lot set kind = 'OTHER' where lot_id = ${second.limited.lotId}`,
    ],
    [kind],
  ],
  [
    'a lot lies in the wallet of somebody else',
    ({ one, unspent }) => [
      sql`update ledger.lot set wallet_id = ${one.walletId} where lot_id = ${unspent.common.lotId}`,
    ],
    [buyer],
  ],
  [
    'a lot is of the order of somebody else',
    ({ second, unspent }) => [
      sql`update ledger.lot set order_id = ${second.orderId} where lot_id = ${unspent.common.lotId}`,
    ],
    [lot, buyer],
  ],
  [
    'a person is led to another wallet',
    ({ spare, newId }) => [
      sql`update ledger.wallet_of_account set wallet_id = ${newId()}
        where account_id = ${spare.accountId}`,
    ],
    [wallet],
  ],
  [
    'a leg of a sale is gone',
    ({ unspent }) => [
      sql`delete from ledger.leg where posting_id = ${unspent.orderId}
        and debit_account = 'PSP_RECEIVABLE' and lot_id = ${unspent.common.lotId}`,
    ],
    [lot, order, identity],
  ],
  [
    'a leg moves a yen more',
    ({ since }) => [
      sql`update ledger.leg set yen = yen + 1 where posting_id = ${since.redemptionId}`,
    ],
    [lot, payment, owed, identity],
  ],
  [
    'a leg is turned round',
    ({ since }) => [
      sql`update ledger.leg set debit_account = credit_account, credit_account = debit_account
        where posting_id = ${since.redemptionId}`,
    ],
    [entry, lot, payment, owed, identity],
  ],
  [
    'a leg takes another kind than the lot is of',
    ({ since }) => [
      sql`update ledger.leg set debit_account = 'VOUCHER:COMMON'
        where posting_id = ${since.redemptionId}`,
    ],
    [kind],
  ],
  [
    'a leg is of another campaign',
    ({ since, newId }) => [
      sql`update ledger.leg set campaign_id = ${newId()} where posting_id = ${since.redemptionId}`,
    ],
    [kind],
  ],
  [
    'a leg names no lot',
    ({ since }) => [
      sql`update ledger.leg set lot_id = null where posting_id = ${since.redemptionId}`,
    ],
    [lot, kind, payment],
  ],
  [
    'a leg pays another shop',
    ({ since, b }) => [
      sql`update ledger.leg set credit_account = ${`SHOP_PAYABLE:${b.shopNo}`}
        where posting_id = ${since.redemptionId}`,
    ],
    [payment, owed],
  ],
  [
    'a leg pays a shop that does not exist',
    ({ since }) => [
      sql`update ledger.leg set credit_account = 'SHOP_PAYABLE:999999'
        where posting_id = ${since.redemptionId}`,
    ],
    [payment, owed],
  ],
  [
    'a sale is paid out of the bank',
    ({ unspent }) => [
      sql`update ledger.leg set debit_account = 'BANK' where posting_id = ${unspent.orderId}
        and debit_account = 'PSP_RECEIVABLE' and lot_id = ${unspent.common.lotId}`,
    ],
    [entry, order],
  ],
  [
    'the ward owes the premium of another kind',
    ({ unspent }) => [
      sql`update ledger.leg set debit_account = 'PREMIUM_COMMITMENT_WARD:LIMITED'
        where posting_id = ${unspent.orderId} and debit_account = 'PREMIUM_COMMITMENT_WARD:COMMON'`,
    ],
    [entry],
  ],
  [
    'the heading of a sale is gone',
    ({ unspent }) => [sql`delete from ledger.posting where posting_id = ${unspent.orderId}`],
    [heading, entry, lot, order, identity],
  ],
  [
    'an order counts as paid and was never issued',
    ({ spare }) => [
      sql`insert into sale."order" select (jsonb_populate_record(o, jsonb_build_object(
          'order_id', gen_random_uuid(), 'sale_seq', 99, 'provider_payment_id', 'x',
          'idempotency_key', 'x'))).* from sale."order" o
        where o.account_id = ${spare.accountId}`,
    ],
    [order],
  ],
  [
    'an order cost something else',
    ({ unspent }) => [
      sql`update sale."order" set price_yen = price_yen + 1 where order_id = ${unspent.orderId}`,
    ],
    [order],
  ],
  [
    'vouchers were issued for an order that was declined',
    ({ unspent }) => [
      sql`update sale."order" set state = 'declined' where order_id = ${unspent.orderId}`,
    ],
    [order],
  ],
  [
    'a payment is of another amount',
    ({ since }) => [
      sql`update ledger.redemption set yen = yen + 1 where redemption_id = ${since.redemptionId}`,
    ],
    [payment, owed],
  ],
  [
    'a payment is of another wallet',
    ({ since, spare }) => [
      sql`update ledger.redemption set wallet_id = ${spare.walletId}
        where redemption_id = ${since.redemptionId}`,
    ],
    [payment],
  ],
  [
    'a payment is of another shop',
    ({ since, b }) => [
      sql`update ledger.redemption set shop_id = ${b.shopId}
        where redemption_id = ${since.redemptionId}`,
    ],
    [payment, owed],
  ],
  [
    'the heading of a payment is gone',
    ({ since }) => [sql`delete from ledger.redemption where redemption_id = ${since.redemptionId}`],
    [heading, entry, owed],
  ],
  [
    'a void is of another amount',
    ({ part }) => [sql`update ledger.void set yen = yen - 1 where void_id = ${part}`],
    [voided, owed, line],
  ],
  [
    'a void took from another shop',
    ({ part, b }) => [sql`update ledger.void set shop_id = ${b.shopId} where void_id = ${part}`],
    [voided, owed, line],
  ],
  [
    'the legs of a void are gone',
    ({ part }) => [sql`delete from ledger.leg where posting_id = ${part}`],
    [heading, lot, voided, owed, identity],
  ],
  [
    'a void gave back more than the payment took from the lot',
    ({ large, part, first }) => [
      sql`insert into ledger.void select (jsonb_populate_record(v, jsonb_build_object('void_id',
          '00000000-0000-4000-8000-000000000001', 'idempotency_key', 'x', 'xid', '999',
          'business_date', '2027-04-02'))).* from ledger.void v
        where v.void_id = ${part} and v.redemption_id = ${large.redemptionId}`,
      sql`insert into ledger.leg select (jsonb_populate_record(l, jsonb_build_object('posting_id',
          '00000000-0000-4000-8000-000000000001', 'xid', '999'))).* from ledger.leg l
        where l.posting_id = ${part}`,
      sql`update ledger.lot set remaining_yen = remaining_yen + 300
        where lot_id = ${first.common.lotId}`,
    ],
    [excess],
  ],
]
