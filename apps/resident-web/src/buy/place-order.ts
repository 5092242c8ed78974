import type { orderBody, placedReply } from '@minnaken/purchase/contract'
import { type Answer, type Body, call, queries, type Reply } from '@minnaken/ui'
import { forgetWish, type Wish, wishIdOf } from './wish.ts'

export type Placed = Reply<typeof placedReply>

/** Buys, once: however often the same wish is sent before its answer is known. */
export async function placeOrder(wish: Wish): Promise<Answer<Placed>> {
  const { campaign, sale, units, method, card } = wish
  const body: Body<typeof orderBody> =
    method === 'card' ? { method, units, sale, card: card ?? '' } : { method, units, sale }
  const answer = await call<Placed>({
    method: 'POST',
    path: `/v1/campaigns/${campaign}/orders`,
    body,
    idempotencyKey: wishIdOf(wish),
  })
  const isOpen =
    answer.kind === 'outcome_unknown' ||
    answer.kind === 'offline' ||
    (answer.kind === 'refused' &&
      (passing.includes(answer.problem.code) || answer.problem.code.startsWith('ticket_')))
  if (!isOpen) forgetWish(wish)
  if (answer.kind === 'answered' && answer.value.unitsWanted > answer.value.units)
    queries.setQueryData(['wanted', answer.value.orderId], answer.value.unitsWanted)
  if (answer.kind !== 'offline')
    for (const name of ['orders', 'wallet', 'result'])
      void queries.invalidateQueries({ queryKey: [name] })
  return answer
}

/** Refusals after which the same wish is sent again under the same name. */
const passing = ['busy', 'internal', 'sign_in_needed', 'too_many_requests', 'waiting_room']
