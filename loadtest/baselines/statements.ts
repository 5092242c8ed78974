import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Pool } from '@minnaken/db'
import { type Yen, yen } from '@minnaken/domain'
import { type Deps, type RedeemRequest, redeemBatch } from '@minnaken/redemption/parts'
import { cpuOf } from '../rig/cpu.ts'

const YEN_EACH = yen(10)
const WARM_UP_SECONDS = 1
const NONCE_BYTES = 16

/** Who pays and who takes, of the bucket that has most phones. */
export type Payers = Readonly<{
  bucket: number
  phones: readonly Readonly<{ deviceId: string; walletId: string }>[]
  tillIds: readonly string[]
}>

export type BatchTiming = Readonly<{
  batchSize: number
  redemptions: number
  /** Those of the warm-up, which are in the book too. */
  redemptionsBefore: number
  redemptionsPerSecond: number
  /** CPU of all of PostgreSQL for one redemption: its writers and its logs too. */
  postgresUsEach: number
  /** CPU of this process for one redemption: `pg`, the rule, rows taken apart. */
  clientUsEach: number
  /** What PostgreSQL wrote to its log for one redemption. */
  walBytesEach: number
}>

/** Reads phones with vouchers, and tills, of a seeded platform. */
export async function readPayers(pool: Pool): Promise<Payers> {
  const { rows } = await pool.query<{ bucket: number; device_id: string; wallet_id: string }>(
    `select d.bucket, d.device_id, d.wallet_id from redemption.device d
     where d.bucket = (select bucket from redemption.device group by bucket order by count(*) desc
                       limit 1)
       and exists (select from ledger.lot l where l.bucket = d.bucket
                     and l.wallet_id = d.wallet_id and l.remaining_yen >= $1)
     order by md5(d.device_id::text)`,
    [YEN_EACH],
  )
  const tills = await pool.query<{ till_id: string }>('select till_id from redemption.till')
  const [first] = rows
  if (first === undefined) throw new Error('there are no phones with vouchers: seed first')
  return {
    bucket: first.bucket,
    phones: rows.map((row) => ({ deviceId: row.device_id, walletId: row.wallet_id })),
    tillIds: tills.rows.map((row) => row.till_id),
  }
}

/**
 * One connection redeems batch after batch for so many seconds, after one second to warm up: begin,
 * hold the day, lock the lots, read the facts, decide, record, commit, as the product does it.
 *
 * The phones of a batch are all different and take turns. Throws when a payment is refused, because
 * then the batches are no longer what they are said to be.
 */
export async function timeBatches(
  deps: Deps,
  {
    payers,
    batchSize,
    seconds,
    warmUpSeconds = WARM_UP_SECONDS,
    amount = YEN_EACH,
  }: Readonly<{
    payers: Payers
    batchSize: number
    seconds: number
    warmUpSeconds?: number
    amount?: Yen
  }>,
): Promise<BatchTiming> {
  if (batchSize > payers.phones.length) throw new Error('a batch needs as many phones')
  const postgres = [await parentOfBackend(deps.pool)]
  const next = requestsOf(deps, { ...payers, amount })
  const redeemFor = async (ms: number): Promise<number> => {
    const until = performance.now() + ms
    let redeemed = 0
    for (; performance.now() < until; redeemed += batchSize) {
      const answers = await redeemBatch(deps, payers.bucket, next(batchSize), 'skip_held')
      const other = answers.find(({ kind }) => kind !== 'redeemed')
      if (other !== undefined) throw new Error(`the seed is used up: ${JSON.stringify(other)}`)
    }
    return redeemed
  }
  const redemptionsBefore = await redeemFor(warmUpSeconds * 1_000)
  const walBefore = await walBytesOf(deps.pool)
  const [postgresBefore, clientBefore] = [await cpuOf(postgres), process.cpuUsage()]
  const startedAt = performance.now()
  const redemptions = await redeemFor(seconds * 1_000)
  const took = performance.now() - startedAt
  const client = process.cpuUsage(clientBefore)
  const postgresUs = (await cpuOf(postgres)) - postgresBefore
  const walBytes = (await walBytesOf(deps.pool)) - walBefore
  return {
    batchSize,
    redemptions,
    redemptionsBefore,
    redemptionsPerSecond: Math.round((redemptions / took) * 1_000),
    postgresUsEach: tenths(postgresUs / redemptions),
    clientUsEach: tenths((client.user + client.system) / redemptions),
    walBytesEach: Math.round(walBytes / redemptions),
  }
}

/** Hands out requests, each with a code that nobody has used; phones and tills take turns. */
function requestsOf(
  deps: Pick<Deps, 'now'>,
  { phones, tillIds, amount }: Payers & Readonly<{ amount: Yen }>,
): (count: number) => RedeemRequest[] {
  let turn = 0
  return (count) => {
    const nonces = randomBytes(count * NONCE_BYTES)
    return Array.from({ length: count }, (_, place) => {
      const phone = phones[turn % phones.length]
      const tillId = tillIds[turn % tillIds.length]
      if (phone === undefined || tillId === undefined) throw new Error('there are phones and tills')
      turn += 1
      const nonce = nonces.subarray(place * NONCE_BYTES, (place + 1) * NONCE_BYTES)
      return { ...phone, nonce, codeIssuedAt: deps.now(), tillId, amount, confirmed: false }
    })
  }
}

async function walBytesOf(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ bytes: number }>(
    `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as bytes`,
  )
  return rows[0]?.bytes ?? 0
}

/** PostgreSQL's first process, which is the parent of the one at the other end of a connection. */
async function parentOfBackend(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const status = await readFile(`/proc/${rows[0]?.pid}/status`, 'utf8').catch(() => {
    throw new Error('PostgreSQL has to run on this machine, for its CPU time to be read')
  })
  return Number(/^PPid:\s*(\d+)$/m.exec(status)?.[1])
}

const tenths = (value: number): number => Math.round(value * 10) / 10
