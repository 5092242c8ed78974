-- Who may present a code and who may scan one.

create schema redemption;

-- A phone's public key never changes, so it may be remembered for ever. Written at registration.
create table redemption.device_key (
  device_id  uuid  primary key,
  bucket     int   not null references ledger.bucket,
  wallet_id  uuid  not null,
  public_key jsonb not null
);

-- A key that is registered again, because the answer was lost, is the same phone.
create index device_key_by_key on redemption.device_key ((public_key ->> 'x'));

-- Whether the phone may still pay.
create table redemption.device (
  bucket        int         not null,
  device_id     uuid        not null,
  wallet_id     uuid        not null,
  name          text        not null check (char_length(name) between 1 and 40),
  registered_at timestamptz not null,
  revoked_at    timestamptz,
  primary key (bucket, device_id),
  foreign key (bucket, wallet_id) references ledger.wallet
); -- sharded

-- A resident's own phones.
create index device_by_wallet on redemption.device (bucket, wallet_id);

create table redemption.till (
  till_id    uuid        primary key,
  shop_id    uuid        not null references shop.shop,
  name       text        not null check (char_length(name) between 1 and 40),
  token_hash bytea       not null unique check (octet_length(token_hash) = 32),
  joined_at  timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  -- The shop's printed code: what payers who scan it pay to, and nobody has its token.
  is_printed boolean     not null default false
);

-- The owner's list of tills.
create index till_by_shop on redemption.till (shop_id);
-- A shop has one printed code.
create unique index till_printed_once on redemption.till (shop_id) where is_printed;

-- What the owner shows so that a till can join: once, for minutes.
create table redemption.join_code (
  code_hash  bytea       primary key check (octet_length(code_hash) = 32),
  shop_id    uuid        not null references shop.shop,
  made_by    uuid        not null references auth.account,
  expires_at timestamptz not null,
  used_at    timestamptz
);

-- Clearing away what can no longer be used.
create index join_code_by_expiry on redemption.join_code (expires_at);

-- Twelve digits that stand for a code which a phone signed, for tills whose camera does not work.
-- A number that paid stays with its code for ever, so that asking again finds the first answer.
create table redemption.payment_number (
  number     text        primary key check (number ~ '^[0-9]{12}$'),
  bucket     int         not null,
  device_id  uuid        not null,
  nonce      bytea       not null check (octet_length(nonce) = 16),
  code       text        not null check (char_length(code) = 152),
  issued_at  timestamptz not null,
  unique (device_id, nonce)
);

-- How often a till was wrong about such numbers since the first of these times. It is here and not in
-- a process, so that whoever guesses has no more tries where there are more processes.
create table redemption.number_misses (
  till_id uuid        primary key references redemption.till,
  since   timestamptz not null,
  misses  int         not null check (misses > 0)
);

grant usage on schema redemption to minnaken_redemption, minnaken_auditor;
grant select, insert on redemption.device_key, redemption.device, redemption.till,
  redemption.join_code to minnaken_redemption;
grant select, insert, delete on redemption.payment_number to minnaken_redemption;
grant select, insert, update (since, misses) on redemption.number_misses to minnaken_redemption;
grant update (revoked_at) on redemption.device, redemption.till to minnaken_redemption;
grant update (used_at), delete on redemption.join_code to minnaken_redemption;
-- The auditor sees which phone and till, not how a person calls their phone, nor any key or token.
grant select (bucket, device_id, wallet_id, registered_at, revoked_at) on redemption.device
  to minnaken_auditor;
grant select (till_id, shop_id, name, joined_at, expires_at, revoked_at) on redemption.till
  to minnaken_auditor;
