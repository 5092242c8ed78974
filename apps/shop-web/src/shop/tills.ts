import { type Reply, ask, serverNow } from '@minnaken/ui'
import type { tillsReply } from '@minnaken/redemption/contract'
import { useQuery } from '@tanstack/react-query'

export type Tills = Reply<typeof tillsReply>
export type OneTill = Tills['tills'][number]

export const tillsKey = (shopId: string) => ['tills', shopId] as const

/** Asked again every few seconds, so that a new till appears while its owner watches. */
export const useTills = (shopId: string) =>
  useQuery({
    queryKey: tillsKey(shopId),
    queryFn: () => ask<Tills>({ path: `/v1/shops/${shopId}/tills` }),
    refetchInterval: 3_000,
  })

/** Whether a till takes payments; one that was struck off says so whenever its year ends. */
export const standingOf = (
  { revokedAt, expiresAt }: Pick<OneTill, 'revokedAt' | 'expiresAt'>,
  now: number = serverNow(),
): 'open' | 'revoked' | 'expired' => {
  if (revokedAt !== null) return 'revoked'
  return now >= Date.parse(expiresAt) ? 'expired' : 'open'
}
