import type { Mutant } from './mutant.ts'

const redeem = 'apps/redemption/src/redeem'

/** Breaks of a payment at a shop. */
export const payingBreaks: readonly Mutant[] = [
  {
    law: 'L9',
    file: `${redeem}/decide-batch.ts`,
    from: 'its.earlier ?? answered.get(code)',
    to: 'answered.get(code)',
  },
  {
    law: 'L9',
    file: `${redeem}/decide-batch.ts`,
    from: 'if (earlier !== undefined) {',
    to: 'if (earlier !== undefined && its.device.revokedAt === null) {',
  },
  {
    law: 'L9',
    file: `${redeem}/decide-batch.ts`,
    from: 'if (earlier.amount !== amount)',
    to: 'if (earlier.amount > amount)',
  },
  {
    law: 'L9',
    file: `${redeem}/decide-batch.ts`,
    from: "return { kind: 'code_already_used', own: null }",
    to: "return { kind: 'code_already_used', own: earlier }",
  },
  {
    law: 'L9',
    file: `${redeem}/decide-batch.ts`,
    from: '    answered.set(code, redemption)\n',
    to: '',
  },
  {
    law: 'L11',
    file: `${redeem}/desk.ts`,
    from: 'previewRedemption({ ...deps, pool: aside.pool }, bucket, request)',
    to: 'buckets.ask(bucket, request)',
  },
  {
    law: 'L12',
    file: 'packages/domain/src/redemption.ts',
    from: `  const stop = stopOf(facts)
  if (stop) return refused(stop)

  const spendable = spendableOf(facts)
  if (spendable.isClosed) return refused({ kind: 'campaign_closed', windows: windowsOf(lots) })`,
    to: `  const spendable = spendableOf(facts)
  if (spendable.isClosed) return refused({ kind: 'campaign_closed', windows: windowsOf(lots) })

  const stop = stopOf(facts)
  if (stop) return refused(stop)`,
  },
  {
    law: 'L13',
    file: 'packages/db/src/ready.ts',
    from: 'const SKEW_MS_MAX = 1_000',
    to: 'const SKEW_MS_MAX = 10_000',
  },
  {
    law: 'L13',
    file: `${redeem}/facts.ts`,
    from: '(select coalesce(sum(yen), 0)::bigint from ledger.void',
    to: '(select coalesce(sum(yen) filter (where decided_at <= now()), 0)::bigint from ledger.void',
  },
  {
    law: 'L14',
    file: 'packages/domain/src/redemption.ts',
    from: 'if (decidedAt >= validUntil)',
    to: 'if (decidedAt > validUntil)',
  },
  {
    law: 'L14',
    file: 'packages/domain/src/redemption.ts',
    from: 'const validFrom = codeIssuedAt - CLOCK_TOLERANCE_MS',
    to: 'const validFrom = codeIssuedAt - 2 * CLOCK_TOLERANCE_MS',
  },
  {
    law: 'L15',
    file: 'packages/domain/src/lot.ts',
    from: 'isWithin(lot.use, at) && at < lot.expiresAt',
    to: 'isWithin(lot.use, at)',
  },
  {
    law: 'L15',
    file: 'packages/domain/src/time.ts',
    from: 'at >= period.from && at < period.until',
    to: 'at >= period.from && at <= period.until',
  },
  {
    law: 'L15',
    file: 'packages/domain/src/redemption.ts',
    from: '    if (!lot.acceptedBy.includes(shop.shopClass)) continue\n',
    to: '',
  },
  {
    law: 'L16',
    file: 'packages/domain/src/lot.ts',
    from: 'a.acceptedBy.length - b.acceptedBy.length ||',
    to: 'b.acceptedBy.length - a.acceptedBy.length ||',
  },
  {
    law: 'L16',
    file: 'packages/domain/src/lot.ts',
    from: '    a.expiresAt - b.expiresAt ||\n',
    to: '',
  },
  {
    law: 'L16',
    file: 'packages/domain/src/redemption.ts',
    from: 'if (!inOrder) counting.sort(bySpendingOrder)',
    to: 'if (inOrder) counting.sort(bySpendingOrder)',
  },
  {
    law: 'L17',
    file: 'packages/domain/src/redemption.ts',
    from: 'const taken = minYen(left, remaining)',
    to: 'const taken = remaining',
  },
  {
    law: 'L17',
    file: 'packages/domain/src/redemption.ts',
    from: 'split: sumByKind(decision.takes)',
    to: 'split: sumByKind(facts.lots.map(held))',
  },
  {
    law: 'L18',
    file: 'packages/domain/src/redemption.ts',
    from: 'minYen(lot.perCodeYenMax, limits.perCodeYenMax)',
    to: 'lot.perCodeYenMax',
  },
  {
    law: 'L18',
    file: 'packages/domain/src/campaign-parse.ts',
    from: 'perCodeYenMax: optional(yenFrom(1), yen(50_000))',
    to: 'perCodeYenMax: optional(yenFrom(1), yen(500_000))',
  },
  {
    law: 'L19',
    file: `${redeem}/facts.ts`,
    from: 'device: { revokedAt: instantOrNull(deviceRevokedAt) }',
    to: 'device: { revokedAt: null }',
  },
  {
    law: 'L19',
    file: `${redeem}/facts.ts`,
    from: 'revokedAt: instantOrNull(tillRevokedAt),',
    to: 'revokedAt: null,',
  },
  {
    law: 'L20',
    file: 'packages/qr/src/signature.ts',
    from: 'if (error instanceof errors.JWSSignatureVerificationFailed) return false',
    to: 'if (error instanceof errors.JWSSignatureVerificationFailed) return true',
  },
  {
    law: 'L20',
    file: `${redeem}/desk.ts`,
    from: "if (!isGenuine) return { kind: 'code_forged' }",
    to: 'void isGenuine',
  },
  {
    law: 'L21',
    file: 'packages/qr/src/draw.ts',
    from: "errorCorrectionLevel: 'M'",
    to: "errorCorrectionLevel: 'Q'",
  },
  {
    law: 'L21',
    file: 'packages/qr/src/payment-code.ts',
    from: 'setUint32(ISSUED_AT, issuedAt)',
    to: 'setUint32(ISSUED_AT, issuedAt, true)',
  },
  {
    law: 'L23',
    file: 'apps/redemption/src/transaction.ts',
    from: "if (isUnconfirmed) throw new OutcomeUnknown('no standby confirmed the commit')",
    to: '',
  },
  {
    law: 'L23',
    file: 'apps/redemption/src/transaction.ts',
    from: 'const COMMIT_DEADLINE_MS = 3_000',
    to: 'const COMMIT_DEADLINE_MS = 30_000',
  },
  {
    law: 'L23',
    file: 'apps/redemption/src/transaction.ts',
    from: "throw isConnectionLost(error) ? new OutcomeUnknown('connection lost', { cause: error }) : error",
    to: 'throw error',
  },
  {
    law: 'L23',
    file: `${redeem}/decide-batch.ts`,
    from: 'replays.push({ replayId: newId(), redemptionId: earlier.redemptionId })',
    to: 'newId()',
  },
  {
    law: 'L9',
    file: 'packages/db/migrations/0005_ledger.sql',
    from: 'unique (bucket, device_id, nonce)',
    to: 'unique (bucket, device_id, nonce, business_date)',
  },
  {
    law: 'L10',
    file: `${redeem}/redeem.ts`,
    from: `          lockLots(bucket, walletIds, held),
          readFacts(bucket, requests),
        ])
        return [days, { lots, rows }]`,
    to: `          readFacts(bucket, requests),
          lockLots(bucket, walletIds, held),
        ])
        return [days, { lots: rows, rows: lots }]`,
  },
  {
    law: 'L10',
    file: 'packages/ledger/src/redemptions.ts',
    from: 'order by lot_id::text collate "C"',
    to: 'order by lot_id::text collate "C" desc',
  },
  {
    law: 'L13',
    file: 'packages/ledger/src/redemptions.ts',
    from: `  const [days, locked] = await lock(holdOpenDay(bucket, jstDateOf(now())))
  const decidedAt = now()`,
    to: `  const decidedAt = now()
  const [days, locked] = await lock(holdOpenDay(bucket, jstDateOf(now())))`,
  },
  {
    law: 'L22',
    file: `${redeem}/queue.ts`,
    from: 'this.#waiting.length >= QUEUE_LENGTH_MAX || this.#waitMs() > WAIT_MS_MAX',
    to: 'this.#waitMs() > WAIT_MS_MAX',
  },
  {
    law: 'L22',
    file: `${redeem}/queue.ts`,
    from: 'this.#waiting.length >= QUEUE_LENGTH_MAX || this.#waitMs() > WAIT_MS_MAX',
    to: 'this.#waiting.length >= QUEUE_LENGTH_MAX',
  },
  {
    law: 'L22',
    file: 'apps/redemption/src/payments/pay.ts',
    from: "  if (desk.buckets.refuses(device.bucket)) return { kind: 'busy' }\n",
    to: '',
  },
  {
    law: 'L22',
    file: 'apps/redemption/src/payments/pay.ts',
    from: "  if (desk.buckets.isFull(device.bucket)) return { kind: 'busy' }\n",
    to: '',
  },
  {
    law: 'L22',
    file: `${redeem}/queue.ts`,
    from: 'else for (const one of batch) if (!this.#isRefusedAsLate(one)) await this.#answer([one])',
    to: 'else for (const { reject } of batch) reject(error)',
  },
  {
    law: 'L22',
    file: `${redeem}/queue.ts`,
    from: 'return this.#elapsedMs() - sinceMs > WAIT_MS_MAX',
    to: 'return this.#elapsedMs() - sinceMs > 60 * WAIT_MS_MAX',
  },
  {
    law: 'L22',
    file: 'apps/redemption/src/redeem/batch-cost.ts',
    from: 'requests * eachRequest\n',
    to: '0\n',
  },
  {
    law: 'L82',
    file: 'apps/redemption/src/devices/devices.ts',
    from: 'earlier !== undefined && earlier.revokedAt === null',
    to: 'earlier !== undefined',
  },
  {
    law: 'L82',
    file: 'apps/redemption/src/devices/devices.ts',
    from: '  await sql`select pg_advisory_xact_lock(hashtextextended(${x}, 0))`.execute(tx)\n',
    to: '',
  },
]
