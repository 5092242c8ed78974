import { type Reply, CallFailed, ask, queries, readStored, store } from '@minnaken/ui'
import type { meReply, shopReply, shopsReply } from '@minnaken/settlement/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Till, useTill } from './till.ts'

export type OwnShop = Reply<typeof shopReply>

/** Who is at this device. A staff member's till, an owner, or both in one. */
export type Place = Readonly<{
  till: Till | null
  /** Whether an owner is signed in; undefined while that is not known. */
  isOwner: boolean | undefined
}>

const ownerKey = ['owner'] as const
export const ownShopsKey = ['own-shops'] as const

/** Whether an owner is signed in on this device. A device without a network is told the last answer. */
async function askOwner(): Promise<boolean> {
  try {
    await ask<Reply<typeof meReply>>({ path: '/v1/shop-me', patienceMs: 3_000 })
    store('owner', 'yes')
    return true
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error
    if (error.failure.kind === 'refused') {
      if (error.failure.problem.code === 'sign_in_needed') store('owner', null)
      return false
    }
    return readStored('owner') === 'yes'
  }
}

export function usePlace(): Place | undefined {
  const till = useTill()
  const owner = useQuery({ queryKey: ownerKey, queryFn: askOwner, staleTime: 60_000 })
  return till === undefined ? undefined : { till, isOwner: owner.data }
}

/** After signing in or out everything that the owner sees is asked for anew. */
export async function ownerChanged(): Promise<void> {
  await queries.invalidateQueries({ queryKey: ownerKey })
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ownerKey[0] })
}

/** The owner's shops, and the one that the screens are about. */
export function useOwnShops(isOwner: boolean) {
  const query = useQuery({
    queryKey: ownShopsKey,
    queryFn: () => ask<Reply<typeof shopsReply>>({ path: '/v1/shops/mine' }),
    enabled: isOwner,
  })
  const [chosen, setChosen] = useState(() => readStored('shop'))
  const shops = query.data?.shops
  const shop = shops?.find(({ shopId }) => shopId === chosen) ?? shops?.[0]
  const choose = (shopId: string): void => {
    store('shop', shopId)
    setChosen(shopId)
  }
  return { query, shops, shop, choose }
}
