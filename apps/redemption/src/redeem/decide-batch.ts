import {
  type Instant,
  type Lot,
  type RedemptionRefusal,
  type Yen,
  assert,
  decideRedemption,
  yen,
} from '@minnaken/domain'
import type { NewRedemption, NewReplay } from '@minnaken/ledger'
import { type Redemption, type RequestFacts, sumSplit } from './facts.ts'
import type { RedeemRequest } from './request.ts'

/** What one till hears. */
export type RedeemAnswer =
  | Readonly<{ kind: 'redeemed'; redemption: Redemption }>
  | Readonly<{ kind: 'replayed'; redemption: Redemption }>
  /** `own` is the payment that this till took with the code, if it was this one. */
  | Readonly<{ kind: 'code_already_used'; own: Redemption | null }>
  | Readonly<{ kind: 'refused'; refusal: RedemptionRefusal }>

export type BatchDecision = Readonly<{
  answers: readonly RedeemAnswer[]
  redemptions: readonly NewRedemption[]
  replays: readonly NewReplay[]
  /** The last remainder of each lot that gave something. */
  remainders: ReadonlyMap<string, Yen>
}>

/**
 * Decides the requests of a batch in order; each sees what the ones before it took and answered.
 *
 * The same code twice is a replay, whether its first answer is in the book or in this batch.
 * `lotsOf` gives a wallet's lots as they were locked.
 */
export function decideBatch({
  requests,
  facts,
  lotsOf,
  decidedAt,
  newId,
}: Readonly<{
  requests: readonly RedeemRequest[]
  facts: readonly RequestFacts[]
  lotsOf: (walletId: string) => readonly Lot[]
  decidedAt: Instant
  newId: () => string
}>): BatchDecision {
  const wallets = new Map<string, readonly Lot[]>()
  const answered = new Map<string, Redemption>()
  const redemptions: NewRedemption[] = []
  const replays: NewReplay[] = []
  const remainders = new Map<string, Yen>()

  const answers = requests.map((request, place): RedeemAnswer => {
    const its = facts[place]
    assert(its !== undefined, 'every request has its facts')
    const code = codeOf(request)
    const earlier = its.earlier ?? answered.get(code)
    if (earlier !== undefined) {
      const answer = answerAgain(earlier, request)
      if (answer.kind === 'replayed')
        replays.push({ replayId: newId(), redemptionId: earlier.redemptionId })
      return answer
    }
    const lots = wallets.get(request.walletId) ?? lotsOf(request.walletId)
    const decision = decideRedemption({ ...request, ...its, lots, decidedAt })
    if (decision.kind === 'refused') return decision

    const taken = new Map(decision.takes.map((take) => [take.lotId, take.remaining]))
    for (const [lotId, remaining] of taken) remainders.set(lotId, remaining)
    wallets.set(
      request.walletId,
      lots.map((lot) => ({ ...lot, remaining: taken.get(lot.lotId) ?? lot.remaining })),
    )
    const redemptionId = newId()
    redemptions.push({ ...request, ...its, redemptionId, takes: decision.takes })
    const redemption: Redemption = {
      redemptionId,
      tillId: request.tillId,
      amount: request.amount,
      split: sumSplit(decision.takes),
      decidedAt,
      voided: yen(0),
    }
    answered.set(code, redemption)
    return { kind: 'redeemed', redemption }
  })
  return { answers, redemptions, replays, remainders }
}

/** The same till, code and amount hear the first answer; anything else hears that the code is used. */
function answerAgain(earlier: Redemption, { tillId, amount }: RedeemRequest): RedeemAnswer {
  if (earlier.tillId !== tillId) return { kind: 'code_already_used', own: null }
  if (earlier.amount !== amount) return { kind: 'code_already_used', own: earlier }
  return { kind: 'replayed', redemption: earlier }
}

const codeOf = ({ deviceId, nonce }: RedeemRequest): string =>
  `${deviceId}:${Buffer.from(nonce).toString('base64')}`
