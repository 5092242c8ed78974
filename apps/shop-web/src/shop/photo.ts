import type { photoReply, shopsReply } from '@minnaken/settlement/contract'
import { type Failure, type Reply, call, queries } from '@minnaken/ui'
import { ownShopsKey } from '../till/place.ts'

/** Shows this photo from now on. Sending it again, after an answer that was lost, changes nothing. */
export const savePhoto = (shopId: string, jpeg: Blob): Promise<Failure | undefined> =>
  change(shopId, { method: 'PUT', body: jpeg })

export const removePhoto = (shopId: string): Promise<Failure | undefined> =>
  change(shopId, { method: 'DELETE' })

async function change(
  shopId: string,
  asked: Readonly<{ method: 'PUT'; body: Blob } | { method: 'DELETE' }>,
): Promise<Failure | undefined> {
  const path = `/v1/shops/${shopId}/photo`
  const answer = await call<Reply<typeof photoReply>>({ ...asked, path, isRepeatable: true })
  if (answer.kind !== 'answered') return answer
  const { photoId } = answer.value
  queries.setQueryData<Reply<typeof shopsReply>>(ownShopsKey, (before) =>
    before === undefined
      ? undefined
      : {
          shops: before.shops.map((shop) => (shop.shopId === shopId ? { ...shop, photoId } : shop)),
        },
  )
  return undefined
}
