import type { walletReply } from '@minnaken/purchase/contract'
import { ask, queries, type Reply } from '@minnaken/ui'
import { anew, askAhead, kept } from '../kept-answer.ts'

export type Wallet = Reply<typeof walletReply>

/** Asked anew by every screen that shows it: a shop may have given something back just now. */
export const walletAnswer = {
  ...kept('wallet', (signal) => ask<Wallet>({ path: '/v1/wallet', signal })),
  refetchOnMount: anew,
} as const

/** Asks for the wallet before there is a screen. If that fails the screen asks once more. */
export function askForWallet(): void {
  askAhead()
  void queries.prefetchQuery(walletAnswer)
}
