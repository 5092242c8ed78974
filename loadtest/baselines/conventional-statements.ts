import {
  type Column,
  type Statement,
  instant,
  instantOrNull,
  text,
  timestamp,
  wholeNumber,
} from '@minnaken/db'
import { type Instant, type JstDate, type Shop, type Yen, yen } from '@minnaken/domain'
import {
  type BatchTx,
  type HeldLot,
  type NewRedemption,
  type NewReplay,
  redemptionLegs,
} from '@minnaken/ledger'
import {
  type Redemption,
  type RedeemRequest,
  type RequestFacts,
  sumSplit,
} from '@minnaken/redemption/parts'

/** Locks the lots of one wallet, in the order of their ids, and reads them. */
export const lockLots = (bucket: number, walletId: string): Statement<HeldLot> => ({
  name: 'lock_lots_of_one',
  text: `select lot_id, campaign_id, kind, remaining_yen, expires_at from ledger.lot
         where bucket = $1 and wallet_id = $2 order by lot_id for update`,
  values: [String(bucket), walletId],
  read: ([lotId, campaignId, kind, remaining, expiresAt]) => ({
    lotId: text(lotId),
    walletId,
    campaignId: text(campaignId),
    kind: text(kind),
    remaining: yen(wholeNumber(remaining)),
    expiresAt: instant(expiresAt),
  }),
})

/** What one request needs but for its lots, and the redemption that its code has made before. */
type FactsRow = Omit<RequestFacts, 'earlier' | 'lots'> & Readonly<{ used: UsedCode | null }>

type UsedCode = Pick<Redemption, 'redemptionId' | 'tillId' | 'amount' | 'decidedAt'>

/** Who is stopped as of now, and whether the code was used. Its turn comes after the locks. */
export const readFacts = (
  bucket: number,
  { deviceId, nonce, walletId, tillId }: RedeemRequest,
): Statement<FactsRow> => ({
  name: 'facts_of_one',
  text: FACTS_OF_ONE,
  values: [String(bucket), deviceId, bytes(nonce), walletId, tillId],
  read: factsOf,
})

const FACTS_OF_ONE = `
select d.revoked_at, w.stopped_at, t.revoked_at, t.expires_at, s.shop_id, s.shop_no, s.shop_class,
  s.state, s.state_since, e.redemption_id, e.till_id, e.yen, e.decided_at
from redemption.device d
join ledger.wallet w on w.bucket = $1 and w.wallet_id = $4
join redemption.till t on t.till_id = $5
join shop.shop s on s.shop_id = t.shop_id
left join ledger.redemption e on e.bucket = $1 and e.device_id = $2 and e.nonce = $3
where d.bucket = $1 and d.device_id = $2`

function factsOf([
  deviceRevokedAt = null,
  walletStoppedAt = null,
  tillRevokedAt = null,
  tillExpiresAt,
  shopId,
  shopNo,
  shopClass,
  shopState,
  shopStateSince,
  ...used
]: readonly Column[]): FactsRow {
  return {
    used: usedCodeOf(used),
    device: { revokedAt: instantOrNull(deviceRevokedAt) },
    wallet: { stoppedAt: instantOrNull(walletStoppedAt) },
    till: { revokedAt: instantOrNull(tillRevokedAt), expiresAt: instant(tillExpiresAt) },
    shop: shopOf(text(shopState), text(shopClass), shopStateSince),
    shopId: text(shopId),
    shopNo: text(shopNo),
  }
}

function usedCodeOf([redemptionId, tillId, amount, decidedAt]: readonly Column[]): UsedCode | null {
  if (redemptionId === null || redemptionId === undefined) return null
  return {
    redemptionId,
    tillId: text(tillId),
    amount: yen(wholeNumber(amount)),
    decidedAt: instant(decidedAt),
  }
}

function shopOf(state: string, shopClass: string, since: Column | undefined): Shop {
  if (state === 'active') return { kind: 'active', shopClass }
  return { kind: state === 'left' ? 'left' : 'suspended', shopClass, since: instant(since) }
}

/** A code's first answer in full: asked for only when the code was used, which is seldom. */
export async function readEarlier(
  tx: BatchTx,
  bucket: number,
  used: UsedCode,
): Promise<Redemption> {
  const values = [String(bucket), used.redemptionId]
  const legs: Statement<{ kind: string; yen: number }> = {
    name: 'legs_of_one',
    text: `select substr(debit_account, 9), yen from ledger.leg
           where bucket = $1 and posting_id = $2 order by leg_no`,
    values,
    read: ([kind, amount]) => ({ kind: text(kind), yen: wholeNumber(amount) }),
  }
  const voids: Statement<number> = {
    name: 'voids_of_one',
    text: 'select yen from ledger.void where bucket = $1 and redemption_id = $2',
    values,
    read: ([amount]) => wholeNumber(amount),
  }
  const [parts, voided] = await tx.trip([legs, voids])
  const sum = voided.reduce((total, amount) => total + amount, 0)
  return { ...used, split: sumSplit(parts), voided: yen(sum) }
}

/**
 * Writes a payment, its legs and what its lots have left, a plain statement for each row.
 *
 * One statement with CTEs for all of it is dearer for PostgreSQL: 940–980 µs of its CPU for a payment
 * of one leg against 830–890 µs, in three rounds of each in turn, over 16 connections on two busy
 * cores.
 */
export function recordRedemption({
  bucket,
  businessDate,
  decidedAt,
  redemption,
  remainders,
}: Readonly<{
  bucket: number
  businessDate: JstDate
  decidedAt: Instant
  redemption: NewRedemption
  remainders: ReadonlyMap<string, Yen>
}>): Statement[] {
  const { redemptionId, deviceId, nonce, walletId, shopId, shopNo, tillId, amount } = redemption
  const here = String(bucket)
  const who = [redemptionId, deviceId, bytes(nonce), walletId, shopId, tillId]
  const payment = write(
    'insert_redemption',
    `insert into ledger.redemption (bucket, redemption_id, device_id, nonce, wallet_id, shop_id,
       till_id, yen, business_date, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [here, ...who, String(amount), businessDate, timestamp(decidedAt)],
  )
  const legs = redemptionLegs(shopNo, redemption.takes).map((leg, index) => {
    const { debit, credit, campaignId, lotId } = leg
    return write(
      'insert_leg',
      `insert into ledger.leg (bucket, posting_id, leg_no, debit_account, credit_account, yen,
         campaign_id, lot_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [here, redemptionId, String(index + 1), debit, credit, String(leg.yen), campaignId, lotId],
    )
  })
  const lots = [...remainders].map(([lotId, remaining]) =>
    write(
      'update_lot',
      'update ledger.lot set remaining_yen = $3 where bucket = $1 and lot_id = $2',
      [here, lotId, String(remaining)],
    ),
  )
  return [payment, ...legs, ...lots]
}

export const recordReplay = (
  bucket: number,
  { replayId, redemptionId }: NewReplay,
  decidedAt: Instant,
): Statement =>
  write(
    'insert_replay',
    `insert into ledger.replay (bucket, replay_id, redemption_id, replayed_at)
     values ($1, $2, $3, $4)`,
    [String(bucket), replayId, redemptionId, timestamp(decidedAt)],
  )

/** A statement that has no rows to read. */
const write = (name: string, sql: string, values: readonly Column[]): Statement => ({
  name,
  text: sql,
  values,
  read: () => undefined,
})

const bytes = (value: Uint8Array): string => `\\x${Buffer.from(value).toString('hex')}`
