import {
  type Busy,
  type Deps,
  type Desk,
  type RedeemAnswer,
  type RedeemRequest,
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
  const buckets = {
    ask: decide,
    hasRoom: () => true,
    refuses: () => false,
    isFull: () => false,
    check: (signature: () => Promise<boolean>) => signature(),
  }
  return openDesk(deps, { buckets })
}
