-- Settlement: closings, what each shop is paid, and the file that the bank gets.

create schema settlement;

-- Who pays: one row, written when the platform is set up.
create table settlement.federation (
  federation_id    int      primary key check (federation_id = 1),
  name             text     not null check (char_length(name) between 1 and 60),
  address          text     not null check (char_length(address) between 1 and 120),
  registration_no  text     not null check (registration_no ~ '^T[0-9]{13}$'),
  originator_code  text     not null check (originator_code ~ '^[0-9]{10}$'),
  originator_half  text     not null check (char_length(originator_half) between 1 and 40),
  bank_code        text     not null check (bank_code ~ '^[0-9]{4}$'),
  branch_code      text     not null check (branch_code ~ '^[0-9]{3}$'),
  account_type     smallint not null check (account_type in (1, 2, 9)),
  account_number   text     not null check (account_number ~ '^[0-9]{7}$')
);

-- One closing. Each state adds what is known in it; nothing known is ever changed.
create table settlement.run (
  run_id       uuid        primary key,
  run_no       int         not null unique check (run_no between 1 and 999999999),
  period_start date        not null,
  period_end   date        not null,
  pay_date     date        not null,
  -- The terms of the closing, taken from the campaigns when it began.
  fee_bps      int         not null default 0 check (fee_bps between 0 and 10000),
  minimum_yen  bigint      not null default 0 check (minimum_yen >= 0),
  state        text        not null
    check (state in ('open', 'closed', 'checked', 'approved', 'sent', 'settled')),
  opened_at    timestamptz not null,
  closed_at    timestamptz,
  checked_at   timestamptz,
  checked_by   uuid        references auth.account,
  file         bytea,
  file_sha256  text        check (file_sha256 ~ '^[0-9a-f]{64}$'),
  approved_at  timestamptz,
  approved_by  uuid        references auth.account,
  posted_at    timestamptz,
  sent_at      timestamptz,
  sent_by      uuid        references auth.account,
  bank_receipt text,
  settled_at   timestamptz,
  unique (period_start, period_end),
  check (period_start <= period_end),
  check (state = 'open' or closed_at is not null),
  check (state in ('open', 'closed') or (checked_by is not null and file_sha256 is not null)),
  check (state in ('open', 'closed', 'checked') or approved_by is not null),
  constraint approved_by_another_person check (approved_by <> checked_by)
);

-- A redemption or void in the run that settles it, and in no other.
create table settlement.settlement_line (
  bucket        int  not null,
  source_id     uuid not null,
  run_id        uuid not null,
  shop_id       uuid not null,
  kind          text not null check (kind in ('redemption', 'void', 'correction')),
  yen           bigint not null check (yen >= 1),
  business_date date not null,
  primary key (bucket, source_id)
); -- sharded

-- The lines of a run, shop by shop.
create index settlement_line_by_run on settlement.settlement_line (bucket, run_id, shop_id);

-- What a shop is told about a run. Its number is never reused; its amounts are a draft until the
-- run is approved, and never change after that.
create table settlement.statement (
  statement_no     text   primary key check (statement_no ~ '^[0-9]{9}-[0-9]{6}$'),
  run_id           uuid   not null references settlement.run,
  shop_id          uuid   not null references shop.shop,
  payee_id         uuid   not null references shop.payee,
  payee_account_id uuid   references shop.payee_account,
  redemptions      int    not null check (redemptions >= 0),
  redemptions_yen  bigint not null check (redemptions_yen >= 0),
  voids            int    not null check (voids >= 0),
  voids_yen        bigint not null check (voids_yen >= 0),
  corrections      int    not null check (corrections >= 0),
  corrections_yen  bigint not null check (corrections_yen >= 0),
  by_kind          jsonb  not null,
  carried_in_yen   bigint not null,
  returned_yen     bigint not null check (returned_yen >= 0),
  fee_yen          bigint not null,
  paid_yen         bigint not null check (paid_yen >= 0),
  carried_out_yen  bigint not null,
  held             boolean not null,
  unique (run_id, shop_id),
  constraint statement_adds_up check (
    redemptions_yen - voids_yen - corrections_yen + carried_in_yen + returned_yen - fee_yen
      = paid_yen + carried_out_yen)
);

-- A shop's own statements.
create index statement_by_shop on settlement.statement (shop_id);

-- One bank transfer.
create table settlement.payout (
  payout_id        uuid        primary key,
  run_id           uuid        not null references settlement.run,
  payee_account_id uuid        not null references shop.payee_account,
  attempt          int         not null check (attempt >= 1),
  yen              bigint      not null check (yen between 1 and 9999999999),
  new_code         smallint    not null check (new_code in (0, 1, 2)),
  state            text        not null
    check (state in ('instructed', 'sent', 'settled', 'returned', 'recalled')),
  state_since      timestamptz not null,
  return_reason    text,
  return_posted_at timestamptz,
  check (return_posted_at is null or state in ('returned', 'recalled')),
  unique (run_id, payee_account_id, attempt)
);

-- The transfers of a payee: whether a file is out, and what came back.
create index payout_by_account on settlement.payout (payee_account_id);

-- A shop's statement bucket by bucket, fixed at approval: what the postings of a bucket say.
-- A part may be negative where voids outweigh redemptions; the parts of all buckets add up.
create table settlement.share (
  run_id          uuid   not null references settlement.run,
  shop_id         uuid   not null references shop.shop,
  bucket          int    not null references ledger.bucket,
  net_yen         bigint not null,
  carried_in_yen  bigint not null,
  returned_yen    bigint not null,
  fee_yen         bigint not null,
  paid_yen        bigint not null,
  carried_out_yen bigint not null,
  primary key (run_id, shop_id, bucket),
  constraint share_adds_up check (
    net_yen + carried_in_yen + returned_yen - fee_yen = paid_yen + carried_out_yen)
);

-- What earlier runs have left of a shop.
create index share_by_shop on settlement.share (shop_id);

grant usage on schema settlement to minnaken_settlement, minnaken_auditor;
-- The file has every payee's account number, and those are not the auditor's; its hash is.
grant select on settlement.federation, settlement.settlement_line, settlement.statement,
  settlement.payout, settlement.share to minnaken_auditor;
grant select (run_id, run_no, period_start, period_end, pay_date, fee_bps, minimum_yen, state,
  opened_at, closed_at, checked_at, checked_by, file_sha256, approved_at, approved_by, posted_at,
  sent_at, sent_by, bank_receipt, settled_at) on settlement.run to minnaken_auditor;
grant select, insert on all tables in schema settlement to minnaken_settlement;
revoke insert on settlement.federation from minnaken_settlement;
grant update (payee_id, payee_account_id, carried_in_yen, returned_yen, fee_yen, paid_yen,
  carried_out_yen, held) on settlement.statement to minnaken_settlement;
grant update (pay_date, state, closed_at, checked_at, checked_by, file, file_sha256, approved_at,
  approved_by, posted_at, sent_at, sent_by, bank_receipt, settled_at) on settlement.run to minnaken_settlement;
grant update (state, state_since, return_reason, return_posted_at) on settlement.payout to minnaken_settlement;

-- A statement's line names the till that took the payment.
grant usage on schema redemption to minnaken_settlement;
grant select (till_id, name) on redemption.till to minnaken_settlement;
