-- The book of account. Every yen that moves is one leg of a posting, and a leg, once written,
-- is never changed: a mistake is corrected by a second posting. No service may update or delete here.
-- A bucket is the unit of sharding: what grows with redemptions starts with it, in every key.

create schema ledger;

create table ledger.bucket (
  bucket int primary key check (bucket between 0 and 9999)
);

-- A business day of a bucket. A redemption holds its day `for share` while it commits, so closing
-- waits for what is in flight. `lock_only` is never written: `for share` needs the right to update
-- some column, and the redemption service must not be able to change the state of a day.
create table ledger.bucket_day (
  bucket        int     not null,
  business_date date    not null,
  state         text    not null default 'open' check (state in ('open', 'closed')),
  lock_only     boolean not null default true,
  primary key (bucket, business_date)
); -- sharded

create table ledger.wallet (
  bucket     int         not null,
  wallet_id  uuid        not null,
  account_id uuid        not null,
  opened_at  timestamptz not null,
  stopped_at timestamptz,
  primary key (bucket, wallet_id),
  unique (bucket, account_id)
); -- sharded

-- Where a person's wallet is. Written once, when the wallet is opened. `lock_only` is never written:
-- locking the row, while a person's phones are counted, needs the right to update some column.
create table ledger.wallet_of_account (
  account_id uuid primary key references auth.account,
  bucket     int  not null references ledger.bucket,
  wallet_id  uuid not null unique,
  lock_only  boolean not null default true
);

-- One kind of one purchase with its expiry. Not a ledger row: its remainder is what the legs say.
create table ledger.lot (
  bucket        int         not null,
  lot_id        uuid        not null,
  wallet_id     uuid        not null,
  campaign_id   uuid        not null,
  kind          text        not null,
  order_id      uuid        not null,
  issued_yen    bigint      not null check (issued_yen between 1 and 1000000000),
  remaining_yen bigint      not null,
  expires_at    timestamptz not null,
  primary key (bucket, lot_id),
  unique (bucket, order_id, kind),
  foreign key (bucket, wallet_id) references ledger.wallet,
  constraint lot_is_never_overspent check (remaining_yen between 0 and issued_yen)
); -- sharded
-- Room in the page for new versions, so that spending does not touch the index.
alter table ledger.lot set (fillfactor = 70); -- storage

-- A redemption and a resident's balance read the lots of a wallet.
create index lot_by_wallet on ledger.lot (bucket, wallet_id);

-- What a group of legs is about. Redemptions and voids are their own headings.
create table ledger.posting (
  bucket        int         not null,
  posting_id    uuid        not null,
  event         text        not null check (event in ('sale', 'sale_undone', 'payment_unmatched',
    'payment_refunded', 'payout_approved', 'payout_settled', 'payout_returned', 'bank_fee', 'expiry',
    'refund', 'premium_claim', 'ward_paid', 'ward_advanced', 'ward_advance_used',
    'ward_advance_returned', 'provider_paid')),
  about         text        not null,
  posted_at     timestamptz not null,
  business_date date        not null,
  xid           xid8        not null default pg_current_xact_id(),
  primary key (bucket, posting_id),
  unique (bucket, event, about)
); -- sharded

-- One amount that leaves the credit account and enters the debit account, so that debits equal
-- credits by construction. A leg that moves vouchers of a wallet names the lot; that the lot exists
-- and that its legs add up is proved by `minnaken verify-ledger`, not by a foreign key, which would
-- cost a look-up for each leg of each redemption.
create table ledger.leg (
  bucket         int      not null,
  posting_id     uuid     not null,
  leg_no         smallint not null check (leg_no between 1 and 999),
  debit_account  text     not null,
  credit_account text     not null,
  yen            bigint   not null check (yen between 1 and 1000000000000),
  campaign_id    uuid,
  lot_id         uuid,
  xid            xid8     not null default pg_current_xact_id(),
  primary key (bucket, posting_id, leg_no),
  check (debit_account <> credit_account)
); -- sharded

-- A payment that a shop took. A device's nonce is used once, for ever.
create table ledger.redemption (
  bucket        int         not null,
  redemption_id uuid        not null,
  device_id     uuid        not null,
  nonce         bytea       not null check (octet_length(nonce) = 16),
  wallet_id     uuid        not null,
  shop_id       uuid        not null,
  till_id       uuid        not null,
  yen           bigint      not null check (yen between 1 and 1000000000),
  business_date date        not null,
  decided_at    timestamptz not null,
  xid           xid8        not null default pg_current_xact_id(),
  primary key (bucket, redemption_id),
  constraint code_is_used_once unique (bucket, device_id, nonce)
); -- sharded

-- A shop's day, and the closing of a period.
create index redemption_by_day on ledger.redemption (bucket, business_date, shop_id);
-- A resident's history.
create index redemption_by_wallet on ledger.redemption (bucket, wallet_id, decided_at);

-- Value that moved back, whole or part. The key makes a repeated request find its first answer.
create table ledger.void (
  bucket          int         not null,
  void_id         uuid        not null,
  redemption_id   uuid        not null,
  shop_id         uuid        not null,
  yen             bigint      not null check (yen between 1 and 1000000000),
  voided_by       text        not null check (voided_by in ('staff', 'owner', 'federation')),
  actor_id        uuid        not null,
  reason          text        not null check (char_length(reason) between 1 and 200),
  idempotency_key text        not null check (char_length(idempotency_key) between 1 and 255),
  fingerprint     bytea       not null check (octet_length(fingerprint) = 32),
  business_date   date        not null,
  decided_at      timestamptz not null,
  xid             xid8        not null default pg_current_xact_id(),
  primary key (bucket, void_id),
  unique (bucket, actor_id, idempotency_key),
  foreign key (bucket, redemption_id) references ledger.redemption
); -- sharded

-- What was voided of a redemption.
create index void_by_redemption on ledger.void (bucket, redemption_id);
-- The closing of a period.
create index void_by_day on ledger.void (bucket, business_date, shop_id);

-- A repeated request that was answered with its first answer. Written so that the answer's own
-- commit waits for a standby like the first one did.
create table ledger.replay (
  bucket        int         not null,
  replay_id     uuid        not null,
  redemption_id uuid        not null,
  replayed_at   timestamptz not null,
  xid           xid8        not null default pg_current_xact_id(),
  primary key (bucket, replay_id),
  foreign key (bucket, redemption_id) references ledger.redemption
); -- sharded

grant usage on schema ledger to minnaken_purchase, minnaken_redemption, minnaken_settlement,
  minnaken_auditor;

grant select on all tables in schema ledger to minnaken_auditor;

-- `xid` is PostgreSQL's word on which transaction wrote a row, so nobody may write it themselves.

-- Purchase opens wallets and days and issues lots; it can neither spend nor take back.
grant select on ledger.bucket, ledger.bucket_day, ledger.wallet, ledger.wallet_of_account,
  ledger.lot, ledger.posting, ledger.leg, ledger.redemption, ledger.void to minnaken_purchase;
grant insert on ledger.wallet_of_account, ledger.lot to minnaken_purchase;
grant insert (bucket, business_date) on ledger.bucket_day to minnaken_purchase;
grant insert (bucket, wallet_id, account_id, opened_at) on ledger.wallet to minnaken_purchase;
grant update (stopped_at) on ledger.wallet to minnaken_purchase;

-- Redemption moves value between lots and shops, and reads no more than that needs.
grant select on ledger.bucket, ledger.bucket_day, ledger.wallet, ledger.wallet_of_account,
  ledger.lot, ledger.leg, ledger.redemption, ledger.void to minnaken_redemption;
grant insert (bucket, redemption_id, device_id, nonce, wallet_id, shop_id, till_id, yen,
  business_date, decided_at) on ledger.redemption to minnaken_redemption;
grant insert (bucket, void_id, redemption_id, shop_id, yen, voided_by, actor_id, reason,
  idempotency_key, fingerprint, business_date, decided_at) on ledger.void to minnaken_redemption;
grant insert (bucket, replay_id, redemption_id, replayed_at) on ledger.replay
  to minnaken_redemption;
grant update (remaining_yen) on ledger.lot to minnaken_redemption;
grant update (lock_only) on ledger.bucket_day, ledger.wallet_of_account to minnaken_redemption;

-- Settlement closes days and posts payouts; what residents still hold is not its business.
grant select on ledger.bucket, ledger.bucket_day, ledger.posting, ledger.leg, ledger.redemption,
  ledger.void to minnaken_settlement;
grant update (state) on ledger.bucket_day to minnaken_settlement;

-- Whoever moves value writes its heading and its legs.
grant insert (bucket, posting_id, event, about, posted_at, business_date) on ledger.posting
  to minnaken_purchase, minnaken_settlement;
grant insert (bucket, posting_id, leg_no, debit_account, credit_account, yen, campaign_id, lot_id)
  on ledger.leg to minnaken_purchase, minnaken_redemption, minnaken_settlement;
