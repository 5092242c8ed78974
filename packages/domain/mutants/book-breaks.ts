import type { Mutant } from './mutant.ts'

/** Breaks of the book: what is written once and always adds up. */
export const bookBreaks: readonly Mutant[] = [
  {
    law: 'L1',
    file: 'packages/ledger/src/legs.ts',
    from: 'add(leg.credit, 0 - leg.yen)',
    to: 'add(leg.credit, 1 - leg.yen)',
  },
  {
    law: 'L1',
    file: 'packages/ledger/src/legs.ts',
    from: '({ ...leg, debit: leg.credit, credit: leg.debit })',
    to: '({ ...leg })',
  },
  {
    law: 'L2',
    file: 'packages/domain/src/redemption.ts',
    from: 'remaining: yen(remaining - taken) })',
    to: 'remaining })',
  },
  {
    law: 'L2',
    file: 'apps/redemption/src/void/void.ts',
    from: 'yen(back.remaining + back.yen)',
    to: 'back.remaining',
  },
  {
    law: 'L2',
    file: 'packages/ledger/src/remainders.ts',
    from: 'when count(*) = cardinality(',
    to: 'when 0 < cardinality(',
  },
  {
    law: 'L4',
    file: 'packages/ledger/src/redemptions.ts',
    from: '`${LOTS_OF_WALLETS} for update skip locked`',
    to: 'LOTS_OF_WALLETS',
  },
  {
    law: 'L4',
    file: 'apps/redemption/src/redeem/decide-batch.ts',
    from: 'remaining: taken.get(lot.lotId) ?? lot.remaining',
    to: 'remaining: lot.remaining',
  },
  {
    law: 'L5',
    file: 'packages/db/migrations/0005_ledger.sql',
    from: 'grant update (lock_only) on ledger.bucket_day, ledger.wallet_of_account to minnaken_redemption;',
    to: `grant update (lock_only) on ledger.bucket_day, ledger.wallet_of_account to minnaken_redemption;
grant update (yen) on ledger.leg to minnaken_settlement;`,
  },
  {
    law: 'L6',
    file: 'packages/db/migrations/0005_ledger.sql',
    from: 'grant update (state) on ledger.bucket_day to minnaken_settlement;',
    to: 'grant update (state) on ledger.bucket_day to minnaken_settlement, minnaken_redemption;',
  },
  {
    law: 'L7',
    file: 'packages/db/migrations/0006_redemption.sql',
    from: '  bucket        int         not null,\n  device_id     uuid        not null,',
    to: '  device_id     uuid        not null,\n  bucket        int         not null,',
  },
  {
    law: 'L7',
    file: 'packages/db/src/manifest.ts',
    from: "  'ledger.replay': 'sharded',\n",
    to: '',
  },
  {
    law: 'L3',
    file: 'packages/ledger/src/post.ts',
    from: '  if (inserted.numInsertedOrUpdatedRows === 0n) {',
    to: '  if (inserted.numInsertedOrUpdatedRows === 7n) {',
  },
  {
    law: 'L3',
    file: 'packages/db/migrations/0005_ledger.sql',
    from: '  unique (bucket, event, about)',
    to: '  unique (bucket, event, about, posting_id)',
  },
  {
    law: 'L4',
    file: 'packages/db/migrations/0005_ledger.sql',
    from: 'check (remaining_yen between 0 and issued_yen)',
    to: 'check (remaining_yen between -1000000 and issued_yen)',
  },
  {
    law: 'L8',
    file: 'packages/ledger/src/verify-checks.ts',
    from: 'l.posting_id is not null and h.id is not null as ok',
    to: 'true as ok',
  },
  {
    law: 'L24',
    file: 'packages/db/src/embedded/settings.ts',
    from: 'synchronous_commit: true,',
    to: 'synchronous_commit: false,',
  },
  {
    law: 'L24',
    file: 'packages/db/src/embedded/settings.ts',
    from: 'fsync: true,',
    to: 'fsync: false,',
  },
  {
    law: 'L23',
    file: 'packages/db/src/trip.ts',
    from: "if (statement === commit && text !== 'COMMIT')",
    to: "if (statement === commit && text === '')",
  },
]
