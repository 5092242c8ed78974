-- Campaigns: one issue of vouchers with its rules, kept as the file that was opened.
-- A campaign is never changed once it is open, so every service may remember it for ever.

create schema campaign;

create table campaign.campaign (
  campaign_id   uuid        primary key,
  code          text        not null unique check (code ~ '^[A-Z0-9][A-Z0-9_-]{0,31}$'),
  config        text        not null,
  config_sha256 text        not null check (config_sha256 ~ '^[0-9a-f]{64}$'),
  opened_at     timestamptz not null,
  opened_by     uuid        references auth.account
);

grant usage on schema campaign to minnaken_purchase, minnaken_redemption, minnaken_settlement,
  minnaken_auditor;
grant select on campaign.campaign to minnaken_purchase, minnaken_redemption, minnaken_settlement,
  minnaken_auditor;
grant insert on campaign.campaign to minnaken_purchase;
