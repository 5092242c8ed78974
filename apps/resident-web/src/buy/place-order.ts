import type { orderBody, placedReply } from '@minnaken/purchase/contract'
import {
  type Body,
  call,
  type Failure,
  isPassing,
  queries,
  type Reply,
  saysNothing,
} from '@minnaken/ui'
import { forgetWish, keepWish, openWish, type SentWish, type Wish } from './wish.ts'

type Placed = Reply<typeof placedReply>

export type Bought =
  | Readonly<{ kind: 'placed'; order: Placed }>
  /** Nothing was bought, and nothing will be. */
  | Readonly<{ kind: 'refused'; failure: Failure }>
  /** Kept, and asked about under the same name until it is known. */
  | Readonly<{ kind: 'in_doubt'; wish: SentWish; failure: Failure }>

/**
 * Buys, once: however often the same wish is sent before its answer is known. One that is still in
 * doubt is answered before another is sent.
 */
export async function placeOrder(wish: Wish): Promise<Bought> {
  const before = openWish(wish, Date.now())
  if (before !== null) return askAbout(before)
  const sent = keepWish(wish, Date.now())
  const answer = await send(sent)
  if (answer.kind === 'answered') return placed(sent, answer.value)
  return saysNothing(answer)
    ? { kind: 'in_doubt', wish: sent, failure: answer }
    : refused(sent, answer)
}

/** Asks about a wish that was sent before: only an answer to the wish itself ends the doubt. */
export async function askAbout(wish: SentWish, signal?: AbortSignal): Promise<Bought> {
  const answer = await send(wish, signal)
  if (answer.kind === 'answered') return placed(wish, answer.value)
  const isSettled = answer.kind === 'refused' && !isPassing(answer.problem)
  return isSettled ? refused(wish, answer) : { kind: 'in_doubt', wish, failure: answer }
}

const AGAIN_MS = 4_000

/** Asks about a wish until it is answered, or until somebody has to sign in or to wait in line. */
export async function untilAnswered(wish: SentWish, signal: AbortSignal): Promise<Bought> {
  for (;;) {
    const bought = await askAbout(wish, signal)
    if (bought.kind !== 'in_doubt' || waitsForPerson(bought.failure)) return bought
    await new Promise((resolve) => {
      setTimeout(resolve, AGAIN_MS)
    })
    signal.throwIfAborted()
  }
}

export const waitsForPerson = (failure: Failure | null): boolean =>
  failure?.kind === 'refused' &&
  (failure.problem.code === 'sign_in_needed' ||
    failure.problem.code === 'waiting_room' ||
    failure.problem.code.startsWith('ticket_'))

const send = ({ campaign, sale, units, method, card, id }: SentWish, signal?: AbortSignal) => {
  const body: Body<typeof orderBody> =
    method === 'card' ? { method, units, sale, card: card ?? '' } : { method, units, sale }
  return call<Placed>({
    method: 'POST',
    path: `/v1/campaigns/${campaign}/orders`,
    body,
    idempotencyKey: id,
    ...(signal === undefined ? {} : { signal }),
  })
}

function placed(wish: SentWish, order: Placed): Bought {
  answered(wish)
  if (order.unitsWanted > order.units)
    queries.setQueryData(['wanted', order.orderId], order.unitsWanted)
  return { kind: 'placed', order }
}

function refused(wish: SentWish, failure: Failure): Bought {
  answered(wish)
  return { kind: 'refused', failure }
}

function answered(wish: SentWish): void {
  forgetWish(wish)
  for (const name of ['orders', 'wallet', 'result'])
    void queries.invalidateQueries({ queryKey: [name] })
}
