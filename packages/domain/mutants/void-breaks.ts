import type { Mutant } from './mutant.ts'

const rule = 'packages/domain/src/void.ts'

/** Breaks of voids and of the business day. */
export const voidBreaks: readonly Mutant[] = [
  {
    law: 'L25',
    file: rule,
    from: 'export const STAFF_VOID_MS = 15 * 60_000',
    to: 'export const STAFF_VOID_MS = 16 * 60_000',
  },
  {
    law: 'L25',
    file: rule,
    from: "return periodClosed ? { kind: 'period_closed' } : null",
    to: 'return null',
  },
  {
    law: 'L25',
    file: rule,
    from: 'if (now >= take.expiresAt)',
    to: 'if (now > take.expiresAt)',
  },
  {
    law: 'L25',
    file: rule,
    from: 'returnable += take.yen - take.returned',
    to: 'returnable += take.yen',
  },
  {
    law: 'L25',
    file: 'apps/redemption/src/void/facts.ts',
    from: "select state = 'closed' from ledger.bucket_day",
    to: "select state = 'never' from ledger.bucket_day",
  },
  {
    law: 'L26',
    file: rule,
    from: 'for (const take of takes.toReversed()) {\n    const back',
    to: 'for (const take of takes) {\n    const back',
  },
  {
    law: 'L26',
    file: rule,
    from: "  if (wanted > left) return refused({ kind: 'void_exceeds', left })\n",
    to: '',
  },
  {
    law: 'L26',
    file: 'apps/redemption/src/void/void.ts',
    from: 'returned: facts.returnedTo(lot.lotId),',
    to: 'returned: yen(0),',
  },
  {
    law: 'L26',
    file: 'packages/ledger/src/voids.ts',
    from: 'order by lot.lot_id for update of lot',
    to: 'order by lot.lot_id',
  },
  {
    law: 'L26',
    file: 'apps/redemption/src/void/void.ts',
    from: "      if (!earlier.fingerprint.equals(fingerprint)) return { kind: 'idempotency_key_reused' }\n",
    to: '',
  },
  {
    law: 'L27',
    file: 'packages/ledger/src/redemptions.ts',
    from: "and business_date >= $2 and state = 'open'",
    to: 'and business_date >= $2',
  },
  {
    law: 'L27',
    file: 'packages/ledger/src/redemptions.ts',
    from: 'order by business_date limit 1 for share',
    to: 'order by business_date limit 1',
  },
  {
    law: 'L27',
    file: 'apps/settlement/src/close/close.ts',
    from: `  for (const bucket of buckets) {
    await closeDays(db, { bucket, first: period.periodStart, last: period.periodEnd })
    onStep(\`days_closed:\${bucket}\`)
  }
  for (const bucket of buckets) {
    await writeLines(db, { bucket, runId, period })
    onStep(\`lines_written:\${bucket}\`)
  }`,
    to: `  for (const bucket of buckets) {
    await writeLines(db, { bucket, runId, period })
    onStep(\`lines_written:\${bucket}\`)
  }
  for (const bucket of buckets) {
    await closeDays(db, { bucket, first: period.periodStart, last: period.periodEnd })
    onStep(\`days_closed:\${bucket}\`)
  }`,
  },
  {
    law: 'L27',
    file: 'packages/ledger/src/redemptions.ts',
    from: 'await tx.trip([holdOpenDay(bucket, today)])',
    to: '[days]',
  },
  {
    law: 'L84',
    file: 'apps/redemption/src/day/day.ts',
    from: "substr(l.credit_account, 9), 'yen', l.yen)",
    to: "substr(l.credit_account, 9), 'yen', 0)",
  },
  {
    law: 'L84',
    file: 'apps/redemption/src/day/day.ts',
    from: 'isOfEarlierDay: !taken.has(it.redemptionId)',
    to: 'isOfEarlierDay: false',
  },
]
