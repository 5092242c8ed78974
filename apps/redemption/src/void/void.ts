import { createHash } from 'node:crypto'
import { type Instant, type VoidRefusal, type Yen, assert, decideVoid, yen } from '@minnaken/domain'
import {
  type BatchTx,
  type TakenLot,
  holdDayAndLock,
  lockTakenLots,
  recordVoid,
} from '@minnaken/ledger'
import type { Deps } from '../deps.ts'
import { type Split, sumSplit } from '../redeem/facts.ts'
import { type TillStop, tillStop } from '../tills/tills.ts'
import { inTransaction } from '../transaction.ts'
import { type PaymentFacts, readPayment, readVoidFacts } from './facts.ts'

/** Who voids: staff through their till, the shop's owner, or the federation's clerk. */
export type Voider =
  | Readonly<{ by: 'staff'; tillId: string; shopId: string }>
  | Readonly<{ by: 'owner' | 'federation'; accountId: string }>

export type VoidRequest = Readonly<{
  bucket: number
  redemptionId: string
  amount: Yen | 'whole'
  reason: string
  voider: Voider
  idempotencyKey: string
}>

export type VoidOutcome =
  | Readonly<{
      kind: 'voided' | 'replayed'
      voidId: string
      amount: Yen
      split: Split
      decidedAt: Instant
    }>
  | Readonly<{ kind: 'refused'; refusal: VoidRefusal }>
  | TillStop
  | Readonly<{ kind: 'idempotency_key_reused' }>
  | Readonly<{ kind: 'not_found' }>

/**
 * Takes a payment back, whole or part: hold the day, lock the lots, read what earlier voids gave
 * back, decide, record.
 *
 * The same key with the same contents hears its first answer again, however late. A payment of
 * another shop is answered like one that does not exist.
 */
export const voidPayment = (deps: Deps, request: VoidRequest): Promise<VoidOutcome> =>
  inTransaction(deps.pool, async (tx) => {
    const { bucket, redemptionId, voider } = request
    const payment = await readPayment(tx, bucket, redemptionId)
    if (payment === null || !mayTouch(voider, payment)) return { kind: 'not_found' }

    const {
      locked: lots,
      decidedAt: now,
      businessDate,
    } = await holdDayAndLock(tx, {
      bucket,
      now: deps.now,
      lock: (holdDay) => tx.trip([holdDay, lockTakenLots(bucket, redemptionId)]),
    })
    const actorId = voider.by === 'staff' ? voider.tillId : voider.accountId
    const facts = await readVoidFacts(tx, {
      ...request,
      businessDate: payment.businessDate,
      tillId: voider.by === 'staff' ? voider.tillId : null,
      actorId,
    })
    const fingerprint = fingerprintOf(request)
    const { earlier } = facts
    if (earlier !== null) {
      if (!earlier.fingerprint.equals(fingerprint)) return { kind: 'idempotency_key_reused' }
      const split = await splitOf(tx, bucket, earlier.voidId)
      return { ...earlier, kind: 'replayed', split }
    }
    const stopped = tillStop(facts.till, now)
    if (stopped !== null) return stopped

    const takes = lots.map((lot) => ({
      ...lot,
      yen: lot.taken,
      returned: facts.returnedTo(lot.lotId),
    }))
    const decision = decideVoid({
      redemption: { ...payment, takes },
      amount: request.amount,
      by: voider.by,
      periodClosed: facts.isPeriodClosed,
      now,
    })
    if (decision.kind === 'refused') return decision
    if (businessDate === null) throw new Error('value can go back, and no business day is open')

    const returns = decision.returns.map((back) => ({ ...back, ...lotIn(lots, back.lotId) }))
    const voidId = deps.newId()
    await recordVoid(tx, {
      ...request,
      ...payment,
      voidId,
      amount: decision.yen,
      returns,
      remainders: new Map(returns.map((back) => [back.lotId, yen(back.remaining + back.yen)])),
      voidedBy: voider.by,
      actorId,
      fingerprint,
      businessDate,
      decidedAt: now,
    })
    return {
      kind: 'voided',
      voidId,
      amount: decision.yen,
      split: sumSplit(returns),
      decidedAt: now,
    }
  })

function mayTouch(voider: Voider, payment: PaymentFacts): boolean {
  if (voider.by === 'staff') return voider.shopId === payment.shopId
  return voider.by === 'federation' || voider.accountId === payment.ownerAccountId
}

function lotIn(lots: readonly TakenLot[], lotId: string): TakenLot {
  const lot = lots.find((each) => each.lotId === lotId)
  assert(lot !== undefined, 'value goes back to a lot that it came from')
  return lot
}

async function splitOf(tx: BatchTx, bucket: number, voidId: string): Promise<Split> {
  const { rows } = await tx.query<{ kind: string; yen: number }>({
    name: 'read_void_split',
    text: `select substr(credit_account, 9) as kind, yen from ledger.leg
           where bucket = $1 and posting_id = $2 order by leg_no`,
    values: [bucket, voidId],
  })
  return sumSplit(rows)
}

/** What makes two requests the same: the payment, the amount asked for and the reason. */
const fingerprintOf = ({ redemptionId, amount, reason }: VoidRequest): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([redemptionId, amount, reason]))
    .digest()
