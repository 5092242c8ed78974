-- Who connects. Each service has a role of its own, and each role has only the grants that the
-- later files give it, so a mistaken statement fails in PostgreSQL and not in review.
-- Roles belong to the whole server and may be there from another database of it: what they may
-- take is brought up to date here, and written only where it differs. Their passwords are set at
-- start. A limit of connections that an operator has chosen stays. Redemption's is for five processes
-- of sixteen: two can be replaced while the ones before them still finish their work.
--
-- Purchase freezes the list of a whole campaign in one statement: 1.5 s for 21,345 applications on
-- two busy cores. Its second sale waits in line for one row: 0.6 s behind twelve others there.
-- Redemption looks everything up by key, so each of its statements has one plan, the same for one
-- payment and for 256, with statistics and without. Left to itself PostgreSQL planned a third of the
-- batches anew (1.8 ms each) and, on a new database, read the whole book for each: 310 payments a
-- second instead of 2,400.
-- The settlement and the auditor read whole periods in one statement: the proof of a big book takes
-- minutes. They share no connection and no lock with those who must answer at once.

do $$
declare
  wanted record;
  had    pg_catalog.pg_roles;
  pair   text;
begin
  for wanted in select * from (values
      ('minnaken_purchase', 20, array[
        'statement_timeout=5s', 'lock_timeout=2s', 'idle_in_transaction_session_timeout=5s']),
      ('minnaken_redemption', 80, array[
        'statement_timeout=2s', 'lock_timeout=500ms', 'idle_in_transaction_session_timeout=5s',
        'plan_cache_mode=force_generic_plan', 'enable_seqscan=off', 'enable_bitmapscan=off',
        'enable_hashjoin=off', 'enable_mergejoin=off', 'enable_material=off']),
      ('minnaken_settlement', 12, array[
        'statement_timeout=10min', 'lock_timeout=5s', 'idle_in_transaction_session_timeout=30s']),
      ('minnaken_auditor', 6, array[
        'statement_timeout=10min', 'default_transaction_read_only=on'])
    ) as role (name, connections, settings)
  loop
    if not exists (select from pg_catalog.pg_roles where rolname = wanted.name) then
      execute format('create role %I login', wanted.name);
    end if;
    select * into had from pg_catalog.pg_roles where rolname = wanted.name;
    if had.rolconnlimit = -1 then
      execute format('alter role %I connection limit %s', wanted.name, wanted.connections);
    end if;
    foreach pair in array wanted.settings loop
      if pair <> all (coalesce(had.rolconfig, '{}')) then
        execute format('alter role %I set %I = %L',
          wanted.name, split_part(pair, '=', 1), split_part(pair, '=', 2));
      end if;
    end loop;
  end loop;
end
$$;

-- Nobody creates objects but the owner who migrates.
revoke all on schema public from public;
