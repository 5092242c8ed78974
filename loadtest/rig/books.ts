import { type Connection, connect } from '@minnaken/db'
import { parseBucketedId } from '@minnaken/domain'
import { verifyLedger } from '@minnaken/ledger'
import { decodePayment, decodePaymentCode } from '@minnaken/qr'
import type { Entry } from './journal.ts'
import type { Seeded } from './seeded.ts'

/** One thing that does not add up, in words that name it. */
type Finding = Readonly<{ rule: string; about: string }>

export type Books = Readonly<{
  balanced: boolean
  acknowledged: number
  inLedger: number
  yen: number
  refused: Readonly<Record<string, number>>
  unknown: number
  findings: readonly Finding[]
}>

type Row = {
  bucket: number
  redemption_id: string
  device_id: string
  nonce: Buffer
  wallet_id: string
  shop_id: string
  till_id: string
  is_printed: boolean | null
  yen: number
}

type Acknowledged = Readonly<{ id: string; entry: Entry }>

/**
 * Holds what the tills were told against what the ledger has, after a run and every request of it
 * has an outcome.
 *
 * Every acknowledged payment is in the ledger, once, with the phone, code, till and amount that it
 * was for, or at the printed code of the shop that the payer read; every payment in the ledger since
 * the seed was acknowledged; no code was used twice; what was there before still is; and the ledger
 * proves itself. `proof: 'run'` leaves the last to a cheaper check of lots and sums, for books so big
 * that the full one takes many minutes.
 */
export async function checkBooks(
  of: Readonly<{
    ownerUrl: string
    seeded: Seeded
    entries: readonly Entry[]
    proof?: 'full' | 'run'
  }>,
): Promise<Books> {
  const { seeded, entries } = of
  const findings: Finding[] = []
  const find = (rule: string, about: string): void => {
    findings.push({ rule, about })
  }
  const acknowledged = acknowledgedIn(entries, find)
  const owner = connectOwner(of.ownerUrl)
  try {
    const rows = await rowsSince(owner, seeded.at)
    compare({ rows, acknowledged, seeded, find })
    await checkBefore(owner, seeded, find)
    if (of.proof === 'run') await checkSums(owner, find)
    else await proveLedger(owner, find)
    return {
      balanced: findings.length === 0,
      acknowledged: acknowledged.size,
      inLedger: rows.length,
      yen: rows.reduce((sum, row) => sum + row.yen, 0),
      refused: refusedIn(entries),
      unknown: entries.filter(({ heard }) => heard.kind === 'unknown').length,
      findings: findings.slice(0, 50),
    }
  } finally {
    await owner.close()
  }
}

type Find = (rule: string, about: string) => void

/** What was acknowledged, by code: a code that heard of two payments was charged twice. */
function acknowledgedIn(entries: readonly Entry[], find: Find): Map<string, Acknowledged> {
  const byCode = new Map<string, Acknowledged>()
  const codeOf = new Map<string, string>()
  const open = new Set<string>()
  for (const entry of entries) {
    const { payment, heard } = entry
    if (heard.kind === 'unknown') open.add(payment.code)
    if (heard.kind !== 'taken') continue
    const id = heard.redemptionId
    const earlier = byCode.get(payment.code)
    if (earlier !== undefined && earlier.id !== id)
      find('one_code_is_one_payment', `${earlier.id} and ${id}`)
    if ((codeOf.get(id) ?? payment.code) !== payment.code)
      find('one_payment_is_one_code', `${id} was told to two codes`)
    if (heard.yen !== payment.yen) find('the_amount_is_the_one_asked', id)
    codeOf.set(id, payment.code)
    byCode.set(payment.code, { id, entry })
  }
  // Told to come again, nobody knows more than before.
  const closed = new Set(
    entries
      .filter(({ heard, status }) => heard.kind !== 'unknown' && status !== 503)
      .map(({ payment }) => payment.code),
  )
  for (const code of open) if (!closed.has(code)) find('every_outcome_is_known', code)
  return byCode
}

function compare({
  rows,
  acknowledged,
  seeded,
  find,
}: Readonly<{
  rows: readonly Row[]
  acknowledged: ReadonlyMap<string, Acknowledged>
  seeded: Seeded
  find: Find
}>): void {
  const inLedger = new Map(rows.map((row) => [`${row.bucket}-${row.redemption_id}`, row]))
  const told = new Set<string>()
  for (const { id, entry } of acknowledged.values()) {
    told.add(id)
    const row = inLedger.get(id)
    if (row === undefined) find('what_was_acknowledged_is_in_the_ledger', id)
    else if (!isSame(row, entry, seeded)) find('a_payment_is_as_it_was_asked', id)
    if (parseBucketedId(id) === null) find('a_payment_has_an_id', id)
  }
  const codes = new Set<string>()
  for (const [id, row] of inLedger) {
    if (!told.has(id)) find('what_is_in_the_ledger_was_acknowledged', id)
    const code = `${row.device_id} ${row.nonce.toString('hex')}`
    if (codes.has(code)) find('a_code_is_used_once', id)
    codes.add(code)
  }
}

function isSame(row: Row, { payment }: Entry, { wallets, tills }: Seeded): boolean {
  const isByPayer = payment.by === 'payer'
  const code = isByPayer ? decodePayment(payment.code) : decodePaymentCode(payment.code)
  const wallet = wallets[payment.wallet]
  const till = tills[payment.till]
  return (
    code.kind !== 'refused' &&
    row.device_id === code.deviceId &&
    row.nonce.equals(Buffer.from(code.nonce)) &&
    row.bucket === wallet?.bucket &&
    row.wallet_id === wallet.walletId &&
    row.shop_id === till?.shopId &&
    (isByPayer ? row.is_printed === true : row.till_id === till.tillId) &&
    row.yen === payment.yen
  )
}

function refusedIn(entries: readonly Entry[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { heard } of entries)
    if (heard.kind === 'refused') counts[heard.code] = (counts[heard.code] ?? 0) + 1
  return counts
}

async function rowsSince({ pool }: Connection, at: number): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `select r.bucket, r.redemption_id, r.device_id, r.nonce, r.wallet_id, r.shop_id, r.till_id,
       t.is_printed, r.yen
     from ledger.redemption r left join redemption.till t using (till_id) where r.decided_at >= $1`,
    [new Date(at)],
  )
  return rows
}

async function checkBefore({ pool }: Connection, seeded: Seeded, find: Find): Promise<void> {
  if (seeded.history === 0) return
  const { rows } = await pool.query<{ count: number }>(
    'select count(*) as count from ledger.redemption where decided_at < $1',
    [new Date(seeded.at)],
  )
  const count = rows[0]?.count ?? 0
  if (count !== seeded.history)
    find('what_was_there_before_still_is', `${count} of ${seeded.history}`)
}

async function proveLedger({ db }: Connection, find: Find): Promise<void> {
  const { checks } = await verifyLedger(db)
  for (const { name, ok, firstDifference } of checks)
    if (!ok) find(`ledger: ${name}`, JSON.stringify(firstDifference))
}

/**
 * What the full proof says of sums, read once over each table: what is gone from each lot is what was
 * taken from it, and what was redeemed is what shops are owed.
 */
async function checkSums({ pool }: Connection, find: Find): Promise<void> {
  const { rows } = await pool.query<Record<'redeemed' | 'legs' | 'wrong' | 'below', number>>(`
    with taken as materialized (
      select bucket, lot_id, sum(yen)::bigint as yen from ledger.leg
      where credit_account like 'SHOP_PAYABLE:%' group by bucket, lot_id)
    select (select coalesce(sum(yen), 0)::bigint from ledger.redemption) as redeemed,
      (select coalesce(sum(yen), 0)::bigint from taken) as legs,
      (select count(*) from ledger.lot full join taken using (bucket, lot_id)
        where issued_yen - remaining_yen is distinct from coalesce(taken.yen, 0)) as wrong,
      (select count(*) from ledger.lot where remaining_yen < 0) as below`)
  const [sums] = rows
  if (sums === undefined || sums.redeemed !== sums.legs)
    find('redemptions_and_legs_are_one_sum', JSON.stringify(sums))
  if (sums === undefined || sums.wrong > 0)
    find('what_is_gone_from_a_lot_was_taken', JSON.stringify(sums))
  if (sums !== undefined && sums.below > 0) find('no_lot_is_below_zero', String(sums.below))
}

/**
 * Holds so many payments that were decided without a till or a payer against the ledger: as many are
 * there, and it proves itself.
 */
export async function checkCount(
  ownerUrl: string,
  { seeded, count }: Readonly<{ seeded: Seeded; count: number }>,
): Promise<Pick<Books, 'balanced' | 'inLedger' | 'findings'>> {
  const findings: Finding[] = []
  const find: Find = (rule, about) => void findings.push({ rule, about })
  const owner = connectOwner(ownerUrl)
  try {
    const { length } = await rowsSince(owner, seeded.at)
    if (length !== count) find('as_many_are_in_the_ledger', `${length} of ${count}`)
    await proveLedger(owner, find)
    return { balanced: findings.length === 0, inLedger: length, findings }
  } finally {
    await owner.close()
  }
}

const connectOwner = (url: string): Connection =>
  connect({ url, applicationName: 'minnaken-bench', connectionsMax: 2, connectionWaitMs: 30_000 })
