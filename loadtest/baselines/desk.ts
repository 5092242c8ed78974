import {
  type Busy,
  type Deps,
  type Desk,
  type RedeemAnswer,
  type RedeemRequest,
  codeReader,
  keyFinder,
  openDesk,
} from '@minnaken/redemption/parts'

/**
 * The product's desk in everything, its reading of codes too, except that a genuine code is answered
 * by `decide` alone, at once and by itself.
 */
export function deskThat(
  deps: Deps,
  decide: (bucket: number, request: RedeemRequest) => Promise<RedeemAnswer | Busy>,
): Desk {
  const read = codeReader(keyFinder(deps))
  return {
    ...openDesk(deps),
    redeem: async ({ text, amount, tillId }) => {
      const it = await read(text)
      if (it.kind !== 'genuine') return it
      const { bucket, walletId } = it.device
      const { deviceId, nonce, issuedAt } = it.code
      const codeIssuedAt = issuedAt * 1_000
      const payer = { deviceId, walletId, nonce, codeIssuedAt, confirmed: false }
      return { bucket, answer: await decide(bucket, { ...payer, tillId, amount }) }
    },
  }
}
