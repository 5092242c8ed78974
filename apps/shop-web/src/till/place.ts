import {
  type Failure,
  type Reply,
  CallFailed,
  ask,
  isNobody,
  queries,
  readStored,
  store,
} from '@minnaken/ui'
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

/**
 * Whether an owner is signed in on this device. Nobody is asked where nobody has signed in, and a
 * device without a network is told the last answer.
 */
async function askOwner(): Promise<boolean> {
  if (readStored(SIGNED_IN) === null) return false
  try {
    await ask<Reply<typeof meReply>>({ path: '/v1/shop-me', patienceMs: 3_000 })
    return true
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error
    if (!isSignedOut(error.failure)) return true
    store(SIGNED_IN, null)
    return false
  }
}

/**
 * Whether a refusal says that no owner is signed in. Everything else (too much to do, no network)
 * says nothing of it, and whoever was signed in keeps what they are typing.
 */
export const isSignedOut = (failure: Failure): boolean =>
  isNobody(failure) || (failure.kind === 'refused' && failure.problem.code === 'forbidden')

const SIGNED_IN = 'owner'

export function usePlace(): Place | undefined {
  const till = useTill()
  const owner = useQuery({ queryKey: ownerKey, queryFn: askOwner, staleTime: 60_000 })
  return till === undefined ? undefined : { till, isOwner: owner.data }
}

/** After signing in or out everything that the owner sees is asked for anew. */
export async function ownerChanged(accountId: string | null): Promise<void> {
  store(SIGNED_IN, accountId)
  await queries.invalidateQueries({ queryKey: ownerKey })
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ownerKey[0] })
}

/** Who is signed in as an owner, by the last answer. */
export const ownerNow = (): string | null => readStored(SIGNED_IN)

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
