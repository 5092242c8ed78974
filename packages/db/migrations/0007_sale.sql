-- The sale: applications, the draw, wins, stock and orders. None of it grows with redemptions.

create schema sale;

-- A wish for units. One active wish a person and campaign; who it is stays in sale.applicant.
create table sale.application (
  application_id  uuid        primary key,
  campaign_id     uuid        not null references campaign.campaign,
  application_no  text        not null check (application_no ~ '^[0-9A-Za-z._-]{1,40}$'),
  account_id      uuid        references auth.account,
  group_code      text,
  household       text,
  units_wanted    int         not null check (units_wanted between 1 and 1000000),
  state           text        not null check (state in ('active', 'withdrawn')),
  keyed_by        uuid        references auth.account,
  claim_code_hash bytea       check (octet_length(claim_code_hash) = 32),
  applied_at      timestamptz not null,
  changed_at      timestamptz not null,
  unique (campaign_id, application_no),
  unique (campaign_id, account_id),
  check (account_id is not null or keyed_by is not null or state = 'withdrawn')
);

-- The person behind an application, as far as eligibility needs it. Kept apart so that it can be
-- deleted when its time is over. A postcard keyed by a clerk may come without a birth date.
create table sale.applicant (
  application_id uuid  primary key references sale.application,
  campaign_id    uuid  not null,
  name           text  not null check (char_length(name) between 1 and 60),
  name_kana      text  check (char_length(name_kana) between 1 and 60),
  birth_date     date,
  address        text  check (char_length(address) between 1 and 120),
  person_key     bytea check (octet_length(person_key) = 32)
);

-- The same name, birth date and address apply once to a campaign.
create unique index applicant_applies_once on sale.applicant (campaign_id, person_key);

-- Every version of a wish, with the digest on its receipt.
create table sale.application_change (
  application_id uuid        not null references sale.application,
  change_no      int         not null check (change_no >= 1),
  units_wanted   int         not null,
  state          text        not null,
  changed_by     uuid        not null,
  changed_at     timestamptz not null,
  digest         text        not null check (digest ~ '^[0-9a-f]{64}$'),
  primary key (application_id, change_no)
);

-- One draw a campaign: committed before applications end, frozen after, run once, published.
create table sale.draw (
  campaign_id   uuid        primary key references campaign.campaign,
  round         text        not null default 'r1',
  state         text        not null check (state in ('committed', 'frozen', 'run', 'published')),
  seed_commit   text        not null check (seed_commit ~ '^[0-9a-f]{64}$'),
  seed_secret   text        not null check (seed_secret ~ '^[0-9a-f]{64}$'),
  public_value  text,
  committed_at  timestamptz not null,
  committed_by  uuid        not null references auth.account,
  frozen_at     timestamptz,
  frozen_by     uuid        references auth.account,
  list_digest   text,
  members_digest text,
  terms         text,
  terms_digest  text,
  run_at        timestamptz,
  run_by        uuid        references auth.account,
  publication   text,
  published_at  timestamptz,
  published_by  uuid        references auth.account,
  check ((state = 'committed') = (frozen_at is null)),
  check ((state in ('committed', 'frozen')) = (run_at is null)),
  check ((state = 'published') = (published_at is not null)),
  check ((run_at is null) = (publication is null))
);

-- The frozen list, and what each line of it won: explained to the applicant, winner or not.
create table sale.win (
  application_id uuid        primary key references sale.application,
  campaign_id    uuid        not null references sale.draw,
  application_no text        not null,
  units_wanted   int         not null check (units_wanted >= 1),
  group_code     text,
  household      text,
  units_won      int         not null default 0 check (units_won >= 0),
  units_reserved int         not null default 0 check (units_reserved >= 0),
  units_paid     int         not null default 0 check (units_paid >= 0),
  units_released int         not null default 0 check (units_released >= 0),
  explanation    jsonb,
  constraint win_is_never_overbought
    check (units_reserved + units_paid + units_released <= units_won)
);

-- Releasing what nobody paid, campaign by campaign.
create index win_by_campaign on sale.win (campaign_id);

-- The units of a campaign. `units_free` are for sale to anyone in the second sale;
-- the row is locked, and `sale_seq` is the order in which people came.
create table sale.stock (
  campaign_id uuid   primary key references campaign.campaign,
  units_total int    not null check (units_total >= 0),
  units_free  int    not null default 0 check (units_free between 0 and units_total),
  sale_seq    bigint not null default 0 check (sale_seq >= 0),
  released_at timestamptz
);

-- Units being bought. Reserves them until it is paid, declined or lapsed.
create table sale."order" (
  order_id            uuid        primary key,
  campaign_id         uuid        not null references campaign.campaign,
  account_id          uuid        not null references auth.account,
  application_id      uuid        references sale.win,
  sale_seq            bigint,
  units               int         not null check (units >= 1),
  price_yen           bigint      not null check (price_yen >= 1),
  method              text        not null check (method in ('card', 'slip')),
  state               text        not null
    check (state in ('reserved', 'paid', 'declined', 'lapsed', 'refund_due', 'refunded')),
  provider            text        not null,
  provider_payment_id text        not null,
  slip_no             text,
  pay_by              timestamptz not null,
  placed_at           timestamptz not null,
  paid_at             timestamptz,
  state_since         timestamptz not null,
  idempotency_key     text        not null check (char_length(idempotency_key) between 1 and 255),
  fingerprint         bytea       not null check (octet_length(fingerprint) = 32),
  unique (provider, provider_payment_id),
  unique (provider, slip_no),
  unique (account_id, idempotency_key),
  unique (campaign_id, sale_seq),
  check ((application_id is null) <> (sale_seq is null)),
  check (state not in ('paid', 'refund_due', 'refunded') or paid_at is not null)
);

-- A resident's own orders, and the cap of the second sale.
create index order_by_account on sale."order" (account_id, campaign_id);
-- Lapsing what was reserved and not paid in time.
create index order_reserved on sale."order" (campaign_id, pay_by) where state = 'reserved';

-- Every notice of the payment company, once, with what became of it.
create table sale.payment_notice (
  provider            text        not null,
  notice_id           text        not null,
  provider_payment_id text        not null,
  kind                text        not null check (kind in ('succeeded', 'declined', 'expired')),
  paid_at             timestamptz,
  received_at         timestamptz not null,
  outcome             text        not null,
  primary key (provider, notice_id)
);

-- Money that came and cannot become vouchers: somebody has to give it back.
create table sale.refund_case (
  order_id  uuid        primary key references sale."order",
  reason    text        not null
    check (reason in ('paid_late', 'over_cap', 'sold_out', 'vouchers_ended')),
  yen       bigint      not null check (yen >= 1),
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid        references auth.account,
  check ((closed_at is null) = (closed_by is null))
);

grant usage on schema sale to minnaken_purchase, minnaken_auditor;
grant select, insert on all tables in schema sale to minnaken_purchase;
grant update (account_id, group_code, household, units_wanted, state, changed_at, claim_code_hash)
  on sale.application to minnaken_purchase;
grant update (name, name_kana, birth_date, address, person_key) on sale.applicant
  to minnaken_purchase;
grant update (state, public_value, frozen_at, frozen_by, list_digest, members_digest, terms,
  terms_digest, run_at, run_by, publication, published_at, published_by) on sale.draw
  to minnaken_purchase;
grant update (units_won, units_reserved, units_paid, units_released, explanation) on sale.win
  to minnaken_purchase;
grant update (units_free, sale_seq, released_at) on sale.stock to minnaken_purchase;
grant update (state, slip_no, paid_at, state_since) on sale."order" to minnaken_purchase;
grant update (closed_at, closed_by) on sale.refund_case to minnaken_purchase;

-- The auditor sees numbers and not people, and never the secret of a draw.
grant select on sale.application_change, sale.win, sale.stock, sale."order", sale.payment_notice,
  sale.refund_case to minnaken_auditor;
grant select (campaign_id, round, state, seed_commit, public_value, committed_at, committed_by,
  frozen_at, frozen_by, list_digest, members_digest, terms, terms_digest, run_at, run_by,
  publication, published_at, published_by) on sale.draw to minnaken_auditor;
