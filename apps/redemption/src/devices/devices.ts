import { type Origin, hasConfirmed } from '@minnaken/auth'
import type { Db, Tx } from '@minnaken/db'
import type { Instant } from '@minnaken/domain'
import { type WalletPlace, findWallet, lockWalletPlace } from '@minnaken/ledger'
import { deviceChallenge, importDeviceKey } from '@minnaken/qr'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

export type Device = Readonly<{
  deviceId: string
  name: string
  registeredAt: Instant
  revokedAt: Instant | null
}>

type DevicePublicKey = Readonly<{ kty: 'EC'; crv: 'P-256'; x: string; y: string }>

/** A person changes phones now and then; more than this at once is not a person. */
const DEVICES_MAX = 10

/** So long after a passkey opened the session, its owner is not asked for it again. */
const SIGNED_IN_JUST_NOW_MS = 300_000

export type NotRegistered = Readonly<{
  kind:
    | 'device_key_invalid'
    | 'device_key_used'
    | 'passkey_needed'
    | 'passkey_refused'
    | 'devices_too_many'
    | 'wallet_missing'
}>

type NewDevice = Readonly<{
  accountId: string
  signedInAt: Instant
  name: string
  publicKey: DevicePublicKey
  /** What the passkey gave, if it was asked. */
  confirmation?: unknown
}>

/**
 * Registers the phone that will sign payment codes for this person's wallet.
 *
 * A phone can pay, so a session alone adds none: the passkey was shown within the last five
 * minutes, or confirms this very key. A key is one phone: registering it again, because the answer
 * was lost, answers the same phone under its first name, and asks for nothing. The key of a phone
 * that was stopped, or of another wallet, stays its own.
 */
export async function registerDevice(
  deps: Deps,
  origin: Origin,
  of: NewDevice,
): Promise<Device | NotRegistered> {
  if ((await importDeviceKey(of.publicKey)) === null) return { kind: 'device_key_invalid' }
  const isOwner = await isOwnerThere(deps, origin, of)
  return deps.db.transaction().execute(async (tx) => {
    const place = await lockWalletPlace(tx, of.accountId)
    if (place === null) return { kind: 'wallet_missing' }
    const known = await devicesOf(tx, place)
    const earlierId = await lockKey(tx, of.publicKey)
    if (earlierId !== null) {
      const earlier = known.find(({ deviceId }) => deviceId === earlierId)
      const isThisPhone = earlier !== undefined && earlier.revokedAt === null
      return isThisPhone ? earlier : { kind: 'device_key_used' }
    }
    if (!isOwner)
      return { kind: of.confirmation === undefined ? 'passkey_needed' : 'passkey_refused' }
    const live = known.filter((device) => device.revokedAt === null)
    if (live.length >= DEVICES_MAX) return { kind: 'devices_too_many' }
    const { bucket, walletId } = place
    const device = {
      deviceId: deps.newId(),
      name: of.name,
      registeredAt: deps.now(),
      revokedAt: null,
    }
    await tx
      .insertInto('redemption.device')
      .values({
        bucket,
        device_id: device.deviceId,
        wallet_id: walletId,
        name: of.name,
        registered_at: new Date(device.registeredAt),
      })
      .execute()
    await tx
      .insertInto('redemption.device_key')
      .values({
        device_id: device.deviceId,
        bucket,
        wallet_id: walletId,
        public_key: JSON.stringify(of.publicKey),
      })
      .execute()
    return device
  })
}

/** Whether the owner is there, and not only somebody with their session. */
async function isOwnerThere(
  deps: Deps,
  at: Origin,
  { accountId, signedInAt, publicKey, confirmation }: NewDevice,
): Promise<boolean> {
  if (deps.now() - signedInAt < SIGNED_IN_JUST_NOW_MS) return true
  if (confirmation === undefined) return false
  const challenge = await deviceChallenge(publicKey)
  return hasConfirmed(deps.db, { accountId, challenge, response: confirmation, at })
}

/** Whose key this is already. Until the transaction ends nobody else registers it. */
async function lockKey(tx: Tx, { x, y }: DevicePublicKey): Promise<string | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${x}, 0))`.execute(tx)
  const row = await tx
    .selectFrom('redemption.device_key')
    .select('device_id')
    .where(sql`public_key ->> 'x'`, '=', x)
    .where(sql`public_key ->> 'y'`, '=', y)
    .executeTakeFirst()
  return row?.device_id ?? null
}

export const listDevices = (deps: Deps, accountId: string): Promise<Device[]> =>
  deps.db.transaction().execute(async (tx) => {
    const place = await findWallet(tx, accountId)
    return place === null ? [] : devicesOf(tx, place)
  })

/** Stops a phone: no code of it is taken from the next request on. Answers whether it is this person's. */
export const revokeDevice = (
  deps: Deps,
  { accountId, deviceId }: Readonly<{ accountId: string; deviceId: string }>,
): Promise<boolean> =>
  deps.db.transaction().execute(async (tx) => {
    const place = await findWallet(tx, accountId)
    if (place === null) return false
    await tx
      .updateTable('redemption.device')
      .set({ revoked_at: new Date(deps.now()) })
      .where('bucket', '=', place.bucket)
      .where('device_id', '=', deviceId)
      .where('wallet_id', '=', place.walletId)
      .where('revoked_at', 'is', null)
      .execute()
    return (await devicesOf(tx, place)).some((device) => device.deviceId === deviceId)
  })

async function devicesOf(db: Db, { bucket, walletId }: WalletPlace): Promise<Device[]> {
  const rows = await db
    .selectFrom('redemption.device')
    .select(['device_id', 'name', 'registered_at', 'revoked_at'])
    .where('bucket', '=', bucket)
    .where('wallet_id', '=', walletId)
    .orderBy('registered_at')
    .execute()
  return rows.map((row) => ({
    deviceId: row.device_id,
    name: row.name,
    registeredAt: row.registered_at.getTime(),
    revokedAt: row.revoked_at?.getTime() ?? null,
  }))
}
