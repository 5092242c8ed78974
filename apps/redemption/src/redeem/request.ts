import type { Instant, Yen } from '@minnaken/domain'

/** A code or a payment whose signature is the phone's, and the till it is for. */
export type RedeemRequest = Readonly<{
  deviceId: string
  walletId: string
  nonce: Uint8Array
  codeIssuedAt: Instant
  tillId: string
  amount: Yen
  /** The payer confirmed this amount to this shop on the own phone, by finger, face or PIN. */
  confirmed: boolean
}>
