import type { Db, Tx } from '@minnaken/db'
import { CLOCK_TOLERANCE_MS, CODE_LIFETIME_MS, type Instant } from '@minnaken/domain'
import { findWallet } from '@minnaken/ledger'
import { paymentNumberOf } from '@minnaken/qr'
import type { Deps } from '../deps.ts'
import type { ReadCode } from '../redeem/code.ts'

export type IssuedNumber = Readonly<{ kind: 'issued'; number: string; validUntil: Instant }>

export type NumberRefusal = Readonly<
  | { kind: 'code_foreign' | 'code_forged' | 'too_many_requests' }
  | { kind: 'code_expired'; validUntil: Instant }
  | { kind: 'code_not_yet_valid'; validFrom: Instant }
>

/** A phone renews its code every three quarters of a minute; this many a minute is no phone. */
const NUMBERS_A_MINUTE_MAX = 20
/** After this long a number that never paid is forgotten. */
const UNUSED_MS = 60 * 60_000
/** With a hundred million numbers in use one in a thousand is taken; five in a row never are. */
const TRIES_MAX = 5

/**
 * Gives twelve digits to a code that this person's phone signed, to be typed where no camera works.
 *
 * The number is the code: it lives as long, pays once, and only a phone can have made what it
 * stands for. The same code uploaded again keeps its number.
 */
export async function issueNumber(
  deps: Deps,
  read: (text: string) => Promise<ReadCode>,
  { accountId, text }: Readonly<{ accountId: string; text: string }>,
): Promise<IssuedNumber | NumberRefusal> {
  const it = await read(text)
  if (it.kind !== 'genuine') return it
  const { code, device } = it
  const issuedAt = code.issuedAt * 1_000
  const at = deps.now()
  const validUntil = issuedAt + CODE_LIFETIME_MS + CLOCK_TOLERANCE_MS
  if (at >= validUntil) return { kind: 'code_expired', validUntil }
  const validFrom = issuedAt - CLOCK_TOLERANCE_MS
  if (at < validFrom) return { kind: 'code_not_yet_valid', validFrom }

  return deps.db.transaction().execute(async (tx) => {
    const place = await findWallet(tx, accountId)
    if (place?.walletId !== device.walletId) return { kind: 'code_forged' }
    await forgetUnused(tx, { deviceId: code.deviceId, before: at - UNUSED_MS })
    if (
      (await countSince(tx, { deviceId: code.deviceId, since: at - 60_000 })) >=
      NUMBERS_A_MINUTE_MAX
    )
      return { kind: 'too_many_requests' }
    const number = await giveNumber(tx, deps, {
      bucket: device.bucket,
      device_id: code.deviceId,
      nonce: Buffer.from(code.nonce),
      code: text,
      issued_at: new Date(issuedAt),
    })
    return { kind: 'issued', number, validUntil }
  })
}

type Numbered = Readonly<{
  bucket: number
  device_id: string
  nonce: Buffer
  code: string
  issued_at: Date
}>

/** The number that this code has, else a new one: another is tried when one is somebody else's. */
async function giveNumber(
  tx: Tx,
  { randomBytes }: Pick<Deps, 'randomBytes'>,
  code: Numbered,
): Promise<string> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    await tx
      .insertInto('redemption.payment_number')
      .values({ ...code, number: paymentNumberOf(randomBytes(8)) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const given = await tx
      .selectFrom('redemption.payment_number')
      .select('number')
      .where('device_id', '=', code.device_id)
      .where('nonce', '=', code.nonce)
      .executeTakeFirst()
    if (given !== undefined) return given.number
  }
  throw new Error('every number that was tried is taken')
}

/** Numbers of this phone that are over and never paid; one that paid stays with its code. */
const forgetUnused = (
  tx: Tx,
  { deviceId, before }: Readonly<{ deviceId: string; before: Instant }>,
): Promise<unknown> =>
  tx
    .deleteFrom('redemption.payment_number')
    .where('device_id', '=', deviceId)
    .where('issued_at', '<', new Date(before))
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('ledger.redemption as r')
            .select('r.redemption_id')
            .whereRef('r.bucket', '=', 'redemption.payment_number.bucket')
            .whereRef('r.device_id', '=', 'redemption.payment_number.device_id')
            .whereRef('r.nonce', '=', 'redemption.payment_number.nonce'),
        ),
      ),
    )
    .execute()

async function countSince(
  tx: Db | Tx,
  { deviceId, since }: Readonly<{ deviceId: string; since: Instant }>,
): Promise<number> {
  const { count } = await tx
    .selectFrom('redemption.payment_number')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('device_id', '=', deviceId)
    .where('issued_at', '>', new Date(since))
    .executeTakeFirstOrThrow()
  return count
}
