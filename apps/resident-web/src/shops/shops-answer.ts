import type { publicShopsReply } from '@minnaken/settlement/contract'
import { ask, type Reply } from '@minnaken/ui'
import { queryOptions } from '@tanstack/react-query'
import { keepAnswer, keptAnswer } from '../session/session.ts'
import type { Shop } from './nearby.ts'

/** The shops where vouchers can be spent; the last list is kept for when there is no network. */
export const shopsAnswer = queryOptions({
  queryKey: ['shops'],
  queryFn: async ({ signal }): Promise<readonly Shop[]> => {
    const path = '/v1/public/shops'
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
