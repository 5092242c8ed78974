import type { Db } from '@minnaken/db'
import type { Instant } from '@minnaken/domain'
import { type WalletPlace, findWallet, lockWalletPlace } from '@minnaken/ledger'
import { importDeviceKey } from '@minnaken/qr'
import type { Deps } from '../deps.ts'

export type Device = Readonly<{
  deviceId: string
  name: string
  registeredAt: Instant
  revokedAt: Instant | null
}>

export type DevicePublicKey = Readonly<{ kty: 'EC'; crv: 'P-256'; x: string; y: string }>

/** A person changes phones now and then; more than this at once is not a person. */
const DEVICES_MAX = 10

/** Registers the phone that will sign payment codes for this person's wallet. */
export async function registerDevice(
  deps: Deps,
  of: Readonly<{ accountId: string; name: string; publicKey: DevicePublicKey }>,
): Promise<
  Device | Readonly<{ kind: 'device_key_invalid' | 'devices_too_many' | 'wallet_missing' }>
> {
  if ((await importDeviceKey(of.publicKey)) === null) return { kind: 'device_key_invalid' }
  return deps.db.transaction().execute(async (tx) => {
    const place = await lockWalletPlace(tx, of.accountId)
    if (place === null) return { kind: 'wallet_missing' }
    const live = (await devicesOf(tx, place)).filter((device) => device.revokedAt === null)
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
