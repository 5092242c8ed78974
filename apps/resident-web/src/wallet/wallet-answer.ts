import type { walletReply } from '@minnaken/purchase/contract'
import { ask, type Reply } from '@minnaken/ui'
import { kept } from '../kept-answer.ts'

export type Wallet = Reply<typeof walletReply>

/** Asked anew by every screen that shows it: a shop may have given something back just now. */
export const walletAnswer = {
  ...kept('wallet', (signal) => ask<Wallet>({ path: '/v1/wallet', signal })),
  refetchOnMount: 'always',
} as const
