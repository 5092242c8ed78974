-- Who is asking. A person proves it with a passkey and then carries a session's token;
-- nothing here can be used to sign in as somebody, even by those who read every row.
-- Every instant is the application's: no rule reads PostgreSQL's clock.

create schema auth;

-- A one-time link that makes one account of the federation's staff. Only the command `minnaken`
-- writes invitations: the service that admits staff cannot invite anybody.
create table auth.invite (
  token_hash bytea       primary key check (octet_length(token_hash) = 32),
  role       text        not null check (role in ('clerk', 'approver', 'auditor')),
  made_by    text        not null check (char_length(made_by) between 1 and 60),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  unique (token_hash, role),
  check (expires_at > created_at)
);

-- A person has one account for each thing they are, and an account is one thing for ever:
-- a clerk who becomes an approver is invited again, so that approving stays another person's act.
-- A member of staff has the role their invitation names, and an invitation makes one account.
create table auth.account (
  account_id  uuid        primary key,
  role        text        not null
    check (role in ('resident', 'shop_owner', 'clerk', 'approver', 'auditor')),
  audience    text        not null generated always as (case role
    when 'resident' then 'resident' when 'shop_owner' then 'shop' else 'staff' end) stored,
  invite_hash bytea       unique,
  created_at  timestamptz not null,
  stopped_at  timestamptz,
  unique (account_id, audience),
  foreign key (invite_hash, role) references auth.invite (token_hash, role),
  constraint staff_are_invited check ((audience = 'staff') = (invite_hash is not null))
);

-- A passkey: only its public half. `backup_eligible` (BE) never changes; `backed_up` (BS) may.
-- A counter that went back is a sign of a copied key, kept for the people who look into it.
create table auth.credential (
  credential_id        text        primary key
    check (credential_id ~ '^[A-Za-z0-9_-]+$' and char_length(credential_id) <= 1364),
  account_id           uuid        not null,
  audience             text        not null,
  public_key           bytea       not null check (octet_length(public_key) between 1 and 2048),
  counter              bigint      not null check (counter between 0 and 4294967295),
  backup_eligible      boolean     not null,
  backed_up            boolean     not null,
  transports           text[]      not null,
  created_at           timestamptz not null,
  last_used_at         timestamptz,
  counter_regressed_at timestamptz,
  foreign key (account_id, audience) references auth.account (account_id, audience),
  check (backup_eligible or not backed_up)
);

-- What a passkey has to sign, once. The verifying transaction deletes it, whatever it then decides.
-- `account_id` is the account that a registration will make, so nothing refers to it yet.
create table auth.challenge (
  challenge_id uuid        primary key,
  challenge    bytea       not null check (octet_length(challenge) = 32),
  purpose      text        not null check (purpose in ('register', 'sign_in')),
  audience     text        not null check (audience in ('resident', 'shop', 'staff')),
  account_id   uuid,
  invite_hash  bytea       references auth.invite,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  check ((purpose = 'register') = (account_id is not null)),
  check ((purpose = 'register' and audience = 'staff') = (invite_hash is not null)),
  constraint challenge_lives_ten_minutes
    check (expires_at > created_at and expires_at <= created_at + interval '10 minutes')
);

-- Clearing away what was never answered.
create index challenge_by_expiry on auth.challenge (expires_at);

-- The token is 256 random bits; only its SHA-256 is kept, so a copy of this table opens nothing.
create table auth.session (
  token_hash bytea       primary key check (octet_length(token_hash) = 32),
  account_id uuid        not null,
  audience   text        not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  foreign key (account_id, audience) references auth.account (account_id, audience),
  check (expires_at > created_at)
);

-- Ending every session of an account when it is stopped.
create index session_by_account on auth.session (account_id);
-- Clearing away what ended long ago.
create index session_by_expiry on auth.session (expires_at);

-- Who may do what. Grants say which columns; the policies below say whose rows.
grant usage on schema auth to minnaken_purchase, minnaken_redemption, minnaken_settlement,
  minnaken_auditor;

grant select, insert on auth.account, auth.credential, auth.session
  to minnaken_purchase, minnaken_settlement;
-- Clearing away skips the rows that others hold, and holding a row needs the right to update a column.
grant select, insert, delete, update (created_at) on auth.challenge
  to minnaken_purchase, minnaken_settlement;
grant update (stopped_at) on auth.account to minnaken_purchase, minnaken_settlement;
grant update (counter, backed_up, last_used_at, counter_regressed_at) on auth.credential
  to minnaken_purchase, minnaken_settlement;
grant update (revoked_at), delete on auth.session to minnaken_purchase, minnaken_settlement;

-- Admitting staff takes an invitation and marks it used.
grant select on auth.invite to minnaken_settlement;
grant update (used_at) on auth.invite to minnaken_settlement;

-- Redemption asks who is there, and lets a resident confirm a payment by a passkey.
grant select on auth.session to minnaken_redemption;
grant select (account_id, role, audience, stopped_at) on auth.account to minnaken_redemption;
grant select (credential_id, account_id, audience, public_key, backup_eligible) on auth.credential
  to minnaken_redemption;

-- The auditor sees who could act and since when; no key, no token, no invitation.
grant select (account_id, role, audience, created_at, stopped_at) on auth.account
  to minnaken_auditor;

-- Whose rows. Purchase signs residents in, settlement signs in shops and staff; each can read the
-- sessions of the others, because a clerk works at every service, and write none of them.
-- Whoever takes over the purchase service can therefore still make no clerk.
alter table auth.account enable row level security;
alter table auth.credential enable row level security;
alter table auth.challenge enable row level security;
alter table auth.session enable row level security;

create policy account_is_readable on auth.account for select
  to minnaken_purchase, minnaken_redemption, minnaken_settlement, minnaken_auditor using (true);
create policy account_of_residents on auth.account
  to minnaken_purchase using (audience = 'resident');
create policy account_of_shops_and_staff on auth.account
  to minnaken_settlement using (audience in ('shop', 'staff'));

-- Readable whole, so that a passkey of another app is refused in words and not as unknown.
create policy credential_is_readable on auth.credential for select
  to minnaken_purchase, minnaken_settlement using (true);
create policy credential_of_payers_is_readable on auth.credential for select
  to minnaken_redemption using (audience = 'resident');
create policy credential_of_residents on auth.credential
  to minnaken_purchase using (audience = 'resident');
create policy credential_of_shops_and_staff on auth.credential
  to minnaken_settlement using (audience in ('shop', 'staff'));

create policy challenge_of_residents on auth.challenge
  to minnaken_purchase using (audience = 'resident');
create policy challenge_of_shops_and_staff on auth.challenge
  to minnaken_settlement using (audience in ('shop', 'staff'));

create policy session_is_readable on auth.session for select
  to minnaken_purchase, minnaken_redemption, minnaken_settlement using (true);
create policy session_of_residents on auth.session
  to minnaken_purchase using (audience = 'resident');
create policy session_of_shops_and_staff on auth.session
  to minnaken_settlement using (audience in ('shop', 'staff'));
-- A session is ended and never removed while somebody may ask who was there; then it is cleared
-- away. By PostgreSQL's clock, so that no service can hasten it: nothing is decided by it.
create policy session_is_kept_for_ninety_days on auth.session as restrictive for delete
  to minnaken_purchase, minnaken_settlement using (expires_at < now() - interval '90 days');
