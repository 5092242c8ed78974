import { Remembered } from '@minnaken/auth'
import {
  type DecodedPaymentCode,
  decodePaymentCode,
  importDeviceKey,
  verifyPaymentCode,
} from '@minnaken/qr'
import type { Deps } from '../deps.ts'

/** Where a phone's vouchers are, and the key that its codes are checked with. Never changes. */
type DeviceKey = Readonly<{
  bucket: number
  walletId: string
  key: NonNullable<Awaited<ReturnType<typeof importDeviceKey>>>
}>

export type ReadCode =
  | Readonly<{ kind: 'genuine'; code: DecodedPaymentCode; device: DeviceKey }>
  | Readonly<{ kind: 'code_foreign' }>
  | Readonly<{ kind: 'code_forged' }>

const DEVICE_KEYS_MAX = 100_000

export type FindKey = (deviceId: string) => Promise<DeviceKey | null>

/** Finds phones' keys and remembers them, the oldest forgotten first: a phone's key never changes. */
export function keyFinder({ db }: Pick<Deps, 'db'>): FindKey {
  const keys = new Remembered<string, DeviceKey>(DEVICE_KEYS_MAX)
  return async (deviceId) => {
    const known = keys.get(deviceId)
    if (known !== undefined) return known
    const row = await db
      .selectFrom('redemption.device_key')
      .select(['bucket', 'wallet_id', 'public_key'])
      .where('device_id', '=', deviceId)
      .executeTakeFirst()
    if (row === undefined) return null
    const key = await importDeviceKey(row.public_key)
    if (key === null) throw new Error('a registered device key cannot be read')
    const found = { bucket: row.bucket, walletId: row.wallet_id, key }
    keys.set(deviceId, found)
    return found
  }
}

type FoundCode =
  | Readonly<{ kind: 'found'; code: DecodedPaymentCode; device: DeviceKey }>
  | Readonly<{ kind: 'code_foreign' }>
  | Readonly<{ kind: 'code_forged' }>

export type FindCode = (text: string) => Promise<FoundCode>

/** Reads the form of payment codes, and finds the phones that they name. */
export const codeFinder =
  (findKey: FindKey): FindCode =>
  async (text) => {
    const code = decodePaymentCode(text)
    if (code.kind === 'refused') return { kind: 'code_foreign' }
    const device = await findKey(code.deviceId)
    return device === null ? { kind: 'code_forged' } : { kind: 'found', code, device }
  }

/**
 * Reads payment codes: their form, and that the phone's own key signed them.
 *
 * Says nothing of what time can change: a retry that comes late must still reach its first answer.
 */
export function codeReader(findKey: FindKey): (text: string) => Promise<ReadCode> {
  const find = codeFinder(findKey)
  return async (text) => {
    const found = await find(text)
    if (found.kind !== 'found') return found
    const { code, device } = found
    const isGenuine = await verifyPaymentCode(code, device.key)
    return isGenuine ? { ...found, kind: 'genuine' } : { kind: 'code_forged' }
  }
}
