-- Who connects. Each service has a role of its own, and each role has only the grants that the
-- later files give it, so a mistaken statement fails in PostgreSQL and not in review.
-- Roles belong to the whole server, hence "if not exists"; their passwords are set at start.

do $$
begin
  if not exists (select from pg_roles where rolname = 'minnaken_purchase') then
    create role minnaken_purchase login;
    alter role minnaken_purchase set statement_timeout = '5s';
    alter role minnaken_purchase set lock_timeout = '2s';
    alter role minnaken_purchase set idle_in_transaction_session_timeout = '5s';
  end if;
  if not exists (select from pg_roles where rolname = 'minnaken_redemption') then
    create role minnaken_redemption login;
    alter role minnaken_redemption set statement_timeout = '2s';
    alter role minnaken_redemption set lock_timeout = '500ms';
    alter role minnaken_redemption set idle_in_transaction_session_timeout = '5s';
  end if;
  if not exists (select from pg_roles where rolname = 'minnaken_settlement') then
    create role minnaken_settlement login;
    alter role minnaken_settlement set statement_timeout = '10min';
    alter role minnaken_settlement set lock_timeout = '5s';
    alter role minnaken_settlement set idle_in_transaction_session_timeout = '30s';
  end if;
  if not exists (select from pg_roles where rolname = 'minnaken_auditor') then
    create role minnaken_auditor login;
    alter role minnaken_auditor set statement_timeout = '10min';
    alter role minnaken_auditor set default_transaction_read_only = on;
  end if;
end
$$;

-- Nobody creates objects but the owner who migrates.
revoke all on schema public from public;
