import type { publicShopsReply } from '@minnaken/settlement/contract'
import { ask, call, type Reply } from '@minnaken/ui'
import { queryOptions } from '@tanstack/react-query'
import { keepAnswer, keptAnswer } from '../session/session.ts'
import type { Shop } from './nearby.ts'

/** The shops where vouchers can be spent; the last list is kept for when there is no network. */
export const shopsAnswer = queryOptions({
  queryKey: ['shops'],
  queryFn: async ({ signal }): Promise<readonly Shop[]> => {
    const path = '/v1/public/shops'
    // Whoever is not signed in has heard of no clock yet, and is told which shops are open.
    void call({ path: '/v1/time', patienceMs: 0, signal }).catch(() => {})
    const { shops } = await ask<Reply<typeof publicShopsReply>>({
      path,
      signal,
      isPublic: true,
    })
    keepAnswer('shops', shops)
    return shops
  },
  initialData: () => keptAnswer('shops')?.value as readonly Shop[] | undefined,
  initialDataUpdatedAt: () => keptAnswer('shops')?.at,
  staleTime: 60_000,
})
