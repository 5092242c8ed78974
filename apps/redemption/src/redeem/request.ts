import type { Instant, Yen } from '@minnaken/domain'

/** A payment code that a till presented and whose signature is the phone's. */
export type RedeemRequest = Readonly<{
  deviceId: string
  walletId: string
  nonce: Uint8Array
  codeIssuedAt: Instant
  tillId: string
  amount: Yen
}>
