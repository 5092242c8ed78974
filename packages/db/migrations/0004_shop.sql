-- Shops, and to whom their money goes.

create schema shop;

-- A payee is paid by one transfer a run, however many shops share it.
create table shop.payee (
  payee_id         uuid primary key,
  payee_no         text not null unique check (payee_no ~ '^[0-9]{10}$'),
  owner_account_id uuid not null references auth.account
);

-- A bank account as the bank will see it. Its details never change: another account is another row,
-- and it takes effect only after a second person's check.
create table shop.payee_account (
  payee_account_id uuid        primary key,
  payee_id         uuid        not null references shop.payee,
  bank_code        text        not null check (bank_code ~ '^[0-9]{4}$'),
  branch_code      text        not null check (branch_code ~ '^[0-9]{3}$'),
  account_type     smallint    not null check (account_type in (1, 2, 4, 9)),
  account_number   text        not null check (account_number ~ '^[0-9]{7}$'),
  holder_half      text        not null check (octet_length(holder_half) between 1 and 90),
  state            text        not null
    check (state in ('proposed', 'withdrawn', 'active', 'retired', 'refused')),
  proposed_at      timestamptz not null,
  confirmed_at     timestamptz,
  checked_at       timestamptz,
  checked_by       uuid        references auth.account,
  check_reason     text        check (char_length(check_reason) between 1 and 200),
  check ((state in ('proposed', 'withdrawn')) = (checked_at is null)),
  check ((checked_at is null) = (checked_by is null)),
  check (state <> 'active' or confirmed_at is not null)
);

-- A payee has one account in force.
create unique index payee_account_in_force on shop.payee_account (payee_id)
  where state = 'active';
-- And at most one that waits for its check.
create unique index payee_account_proposed on shop.payee_account (payee_id)
  where state = 'proposed';
-- Shops that share a bank account share its payee, and so its transfer.
create unique index payee_account_once on shop.payee_account
  (bank_code, branch_code, account_type, account_number) where state = 'active';

create table shop.shop (
  shop_id               uuid        primary key,
  shop_no               text        not null unique check (shop_no ~ '^[0-9]{6}$'),
  owner_account_id      uuid        not null references auth.account,
  payee_id              uuid        not null references shop.payee,
  name                  text        not null check (char_length(name) between 1 and 60),
  address               text        not null check (char_length(address) between 1 and 120),
  category              text        not null,
  large_retail_facility boolean     not null,
  facility_role         text        check (facility_role in ('none', 'operator', 'tenant')),
  shop_class            text        not null,
  state                 text        not null
    check (state in ('applied', 'active', 'suspended', 'rejected', 'left')),
  state_since           timestamptz not null,
  state_reason          text,
  decided_by            uuid        references auth.account,
  applied_at            timestamptz not null,
  held_since            timestamptz,
  held_reason           text,
  check ((held_since is null) = (held_reason is null)),
  check (state in ('applied', 'left') or decided_by is not null)
);

-- The owner's own shops.
create index shop_by_owner on shop.shop (owner_account_id);
-- The shops that share a transfer.
create index shop_by_payee on shop.shop (payee_id);
-- A repeated application is the same shop.
create unique index shop_applies_once on shop.shop (owner_account_id, name, address)
  where state in ('applied', 'active', 'suspended');

-- What was decided about a shop, by whom and why. Never changed.
create table shop.shop_change (
  change_id  uuid        primary key,
  shop_id    uuid        not null references shop.shop,
  change     text        not null
    check (change in ('accept', 'reject', 'suspend', 'resume', 'leave', 'hold', 'release',
      'remove_photo')),
  reason     text        not null check (char_length(reason) between 1 and 200),
  changed_by uuid        not null references auth.account,
  changed_at timestamptz not null
);

-- The history of one shop.
create index shop_change_by_shop on shop.shop_change (shop_id);

-- What a shop says of itself to customers: no fact that decides anything.
create table shop.profile (
  shop_id     uuid        primary key references shop.shop,
  -- [{"day": 0 to 6 from Sunday, "from": "HH:MM", "until": "HH:MM", after midnight above 24}]
  hours       jsonb       not null check (jsonb_typeof(hours) = 'array'),
  closed_days text        not null check (char_length(closed_days) <= 100),
  languages   text[]      not null,
  step_free   boolean     not null,
  website     text        check (website ~ '^https://' and char_length(website) <= 200),
  latitude    numeric     check (latitude between -90 and 90),
  longitude   numeric     check (longitude between -180 and 180),
  changed_at  timestamptz not null,
  check ((latitude is null) = (longitude is null))
);

-- How a shop looks, for its customers. Another photo has another id, so that its address names the
-- very bytes and may be kept for ever.
create table shop.photo (
  shop_id    uuid        primary key references shop.shop,
  photo_id   uuid        not null unique,
  jpeg       bytea       not null check (octet_length(jpeg) between 1 and 150000),
  changed_at timestamptz not null
);

-- What the federation tells all shops, or the one that it names.
create table shop.notice (
  notice_id    uuid        primary key,
  shop_id      uuid        references shop.shop,
  title        text        not null check (char_length(title) between 1 and 80),
  body         text        not null check (char_length(body) between 1 and 4000),
  published_at timestamptz not null,
  published_by uuid        not null references auth.account
);

-- Which shop has read what, and when first.
create table shop.notice_read (
  notice_id uuid        not null references shop.notice,
  shop_id   uuid        not null references shop.shop,
  read_at   timestamptz not null,
  primary key (notice_id, shop_id)
);

grant usage on schema shop to minnaken_purchase, minnaken_redemption, minnaken_settlement,
  minnaken_auditor;
grant select on shop.shop to minnaken_redemption, minnaken_auditor;
grant select on shop.shop_change to minnaken_auditor;
-- The payer's card says which photo it is; the bytes are settlement's to give out.
grant select (shop_id, photo_id) on shop.photo to minnaken_redemption;
grant select (shop_id, shop_no, name, address, category, shop_class, state) on shop.shop
  to minnaken_purchase;
grant select, insert on shop.shop, shop.payee, shop.payee_account, shop.shop_change
  to minnaken_settlement;
grant update (payee_id, shop_class, state, state_since, state_reason, decided_by, held_since,
  held_reason) on shop.shop to minnaken_settlement;
grant select, insert on shop.profile, shop.notice, shop.notice_read to minnaken_settlement;
grant update (hours, closed_days, languages, step_free, website, latitude, longitude, changed_at)
  on shop.profile to minnaken_settlement;
grant select, insert, delete on shop.photo to minnaken_settlement;
grant update (photo_id, jpeg, changed_at) on shop.photo to minnaken_settlement;
grant update (state, confirmed_at, checked_at, checked_by, check_reason) on shop.payee_account
  to minnaken_settlement;
