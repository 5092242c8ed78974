import type { Instant } from '@minnaken/domain'
import type { DeviceKeyJwk } from '@minnaken/qr'
import type { webcrypto } from 'node:crypto'
import type { Resident } from './residents.ts'

/** A till that may take payments, with the token that it carries. */
export type SeededTill = Readonly<{
  tillId: string
  shopId: string
  shopNo: string
  shopClass: string
  token: string
}>

/** A resident with a phone, vouchers and a session. */
export type SeededWallet = Resident &
  Readonly<{
    deviceId: string
    /** Which of the key pairs the phone signs with. */
    key: number
  }>

export type KeyPair = Readonly<{ publicJwk: DeviceKeyJwk; privateJwk: webcrypto.JsonWebKey }>

/** What was written before a run: who may pay and take, and nothing that only the database knows. */
export type Seeded = Readonly<{
  campaignId: string
  /** Everything seeded is older, everything that a run does is not. */
  at: Instant
  tills: readonly SeededTill[]
  wallets: readonly SeededWallet[]
  keys: readonly KeyPair[]
  unitsEach: number
  /** How many redemptions there were before the run. */
  history: number
}>

export type SeedSize = Readonly<{
  wallets: number
  shops: number
  tills: number
  /** Units that each resident bought: 6,000 yen of common and 6,500 yen of limited vouchers each. */
  unitsEach: number
  /**
   * How many distinct key pairs the phones share. Making one for each of many phones takes longer
   * than loading them, and neither the look-up nor the check of a signature is faster for it: each
   * phone has its own row and the service imports each row's key by itself.
   */
  keyPairs: number
  /** Redemptions before the run, spread over the thirty days before it. */
  history: number
}>
