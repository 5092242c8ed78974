import type {
  campaignsReply,
  historyReply,
  ordersReply,
  orderReply,
  receiptReply,
  resultReply,
} from '@minnaken/purchase/contract'
import type { devicesReply } from '@minnaken/redemption/contract'
import { ask, type Call, CallFailed, readDevice, type Reply } from '@minnaken/ui'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { kept } from './kept-answer.ts'

export { type Wallet, walletAnswer } from './wallet/wallet-answer.ts'

export type Campaign = Reply<typeof campaignsReply>['campaigns'][number]
export type Receipt = Reply<typeof receiptReply>
export type DrawResult = Reply<typeof resultReply>
export type Order = Reply<typeof orderReply>
export type HistoryEntry = Reply<typeof historyReply>['entries'][number]

/** Where the service says that there is none (yet), null. */
async function askOrNull<T>(asked: Call, codes: readonly string[]): Promise<T | null> {
  try {
    return await ask<T>(asked)
  } catch (error) {
    const isNone =
      error instanceof CallFailed &&
      error.failure.kind === 'refused' &&
      codes.includes(error.failure.problem.code)
    if (isNone) return null
    throw error
  }
}

export const campaignsAnswer = kept('campaigns', async (signal) => {
  const path = '/v1/campaigns'
  const { campaigns } = await ask<Reply<typeof campaignsReply>>({ path, signal, isPublic: true })
  return campaigns
})

export const applicationAnswer = (code: string) =>
  kept(`application/${code}`, (signal) =>
    askOrNull<Receipt>({ path: `/v1/campaigns/${code}/applications/mine`, signal }, ['not_found']),
  )

export const resultAnswer = (code: string) =>
  kept(`result/${code}`, (signal) =>
    askOrNull<DrawResult>({ path: `/v1/campaigns/${code}/result/mine`, signal }, [
      'not_found',
      'result_not_published',
    ]),
  )

export const ordersAnswer = kept('orders', async (signal) => {
  const { orders } = await ask<Reply<typeof ordersReply>>({ path: '/v1/orders/mine', signal })
  return orders
})

/** An order as it is now: asked every few seconds while it waits for money. */
export const orderAnswer = (orderId: string) =>
  queryOptions({
    ...kept(`order/${orderId}`, (signal) => ask<Order>({ path: `/v1/orders/${orderId}`, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'reserved' ? 4_000 : false),
  })

/** The newest payments alone, for the home screen. */
export const recentAnswer = {
  ...kept('recent', async (signal) => {
    const path = '/v1/wallet/history'
    const { entries } = await ask<Reply<typeof historyReply>>({ path, signal })
    return entries.slice(0, 20)
  }),
  refetchOnMount: 'always',
} as const

export const historyAnswer = infiniteQueryOptions({
  queryKey: ['history'],
  queryFn: ({ pageParam, signal }) =>
    ask<Reply<typeof historyReply>>({
      path: `/v1/wallet/history${pageParam === null ? '' : `?cursor=${encodeURIComponent(pageParam)}`}`,
      signal,
    }),
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }) => nextCursor,
})

export const devicesAnswer = queryOptions({
  queryKey: ['devices'],
  queryFn: async ({ signal }) => {
    const { devices } = await ask<Reply<typeof devicesReply>>({ path: '/v1/devices', signal })
    return devices
  },
})

/** This phone's own key: on the phone, so it needs no network. */
export const deviceAnswer = queryOptions({
  queryKey: ['device'],
  queryFn: readDevice,
  staleTime: Infinity,
})
