import { type Reply, ask } from '@minnaken/ui'
import type {
  nextPayoutReply,
  statementReply,
  statementsReply,
} from '@minnaken/settlement/contract'
import { useQuery } from '@tanstack/react-query'

export type OwnStatement = Reply<typeof statementsReply>['statements'][number]

export type WholeStatement = Reply<typeof statementReply>

export const useStatements = (shopId: string) =>
  useQuery({
    queryKey: ['statements', shopId],
    queryFn: () => ask<Reply<typeof statementsReply>>({ path: `/v1/shops/${shopId}/statements` }),
  })

export const useStatement = (shopId: string, statementNo: string) =>
  useQuery({
    queryKey: ['statement', shopId, statementNo],
    queryFn: () =>
      ask<WholeStatement>({
        path: `/v1/shops/${shopId}/statements/${encodeURIComponent(statementNo)}`,
      }),
  })

export const useNextPayout = (shopId: string) =>
  useQuery({
    queryKey: ['next-payout', shopId],
    queryFn: () => ask<Reply<typeof nextPayoutReply>>({ path: `/v1/shops/${shopId}/next-payout` }),
  })

/** What the owner should know of a payout: returned money waits for another account. */
export type PayoutStage = 'on_its_way' | 'paid' | 'returned' | 'not_paid'

export function stageOf({ paidYen, payout, run }: OwnStatement): PayoutStage {
  if (payout?.state === 'returned' || payout?.state === 'recalled') return 'returned'
  if (paidYen === 0) return 'not_paid'
  return run.state === 'settled' || payout?.state === 'settled' ? 'paid' : 'on_its_way'
}

/**
 * The transfers that came back and were not paid again, the latest first.
 *
 * Once another account was checked, the next run pays all that had come back by then, and its
 * statement says how much (`returnedYen`). So what came back first is paid again first; should that
 * transfer come back too, it is the one that is open.
 */
export function openReturns(statements: readonly OwnStatement[]): readonly OwnStatement[] {
  const sinceOf = ({ payout }: OwnStatement): number => Date.parse(payout?.stateSince ?? '')
  let paidAgainYen = statements.reduce((sum, { returnedYen }) => sum + returnedYen, 0)
  return statements
    .filter((it) => stageOf(it) === 'returned')
    .toSorted((a, b) => sinceOf(a) - sinceOf(b))
    .filter(({ paidYen }) => {
      paidAgainYen -= paidYen
      return paidAgainYen < 0
    })
    .toReversed()
}
