import { type Db, type Tx, inTransaction } from '@minnaken/db'
import { type PhotoRefusal, readPhoto } from '@minnaken/domain'
import { type Refused, refused } from '@minnaken/http'
import type { Deps } from '../deps.ts'

/** Whose photo is shown: nobody but a shop that the federation has accepted puts pictures here. */
const accepted = ['active', 'suspended'] as const

/**
 * Shows a photo of an accepted shop from now on, in the place of the one before.
 *
 * The same photo sent again changes nothing and keeps its id. Another one has another id: what
 * browsers keep by an address is never out of date.
 */
export async function savePhoto(
  { db, newId, now }: Pick<Deps, 'db' | 'newId' | 'now'>,
  { shopId, jpeg }: Readonly<{ shopId: string; jpeg: Uint8Array }>,
): Promise<
  | Readonly<{ kind: 'saved'; photoId: string | null }>
  | Refused<PhotoRefusal | Readonly<{ kind: 'shop_wrong_state' }>>
> {
  const read = readPhoto(jpeg)
  if (read.kind === 'refused') return refused(read.refusal)
  const photo = { photo_id: newId(), jpeg: Buffer.from(jpeg), changed_at: new Date(now()) }
  return inTransaction(db, async (tx) => {
    const shop = await tx
      .selectFrom('shop.shop')
      .select('shop_id')
      .where('shop_id', '=', shopId)
      .where('state', 'in', accepted)
      .executeTakeFirst()
    if (shop === undefined) return refused({ kind: 'shop_wrong_state' })
    await tx
      .insertInto('shop.photo')
      .values({ shop_id: shopId, ...photo })
      .onConflict((there) =>
        there.column('shop_id').doUpdateSet(photo).where('shop.photo.jpeg', '<>', photo.jpeg),
      )
      .execute()
    return { kind: 'saved', photoId: await photoOf(tx, shopId) }
  })
}

export async function removePhoto(db: Db, shopId: string): Promise<void> {
  await db.deleteFrom('shop.photo').where('shop_id', '=', shopId).execute()
}

/** The bytes of a photo that is shown at present. */
export async function findPhoto(db: Db, photoId: string): Promise<Uint8Array | null> {
  const photo = await db
    .selectFrom('shop.photo as photo')
    .innerJoin('shop.shop as shop', 'shop.shop_id', 'photo.shop_id')
    .select('photo.jpeg')
    .where('photo.photo_id', '=', photoId)
    .where('shop.state', 'in', accepted)
    .executeTakeFirst()
  return photo?.jpeg ?? null
}

/**
 * A clerk takes an unfit photo away: the reason is kept, and the shop is told it.
 *
 * It is named by its id, so that the photo that was looked at goes and no later one. One that is not
 * shown any more is no matter. Gives the photo that the shop has then.
 */
export const rejectPhoto = (
  deps: Pick<Deps, 'db' | 'newId' | 'now'>,
  rejected: Readonly<{ shopId: string; photoId: string; reason: string; clerkId: string }>,
): Promise<Readonly<{ kind: 'removed'; photoId: string | null } | { kind: 'not_found' }>> =>
  inTransaction(deps.db, async (tx) => {
    const { shopId, photoId } = rejected
    const shop = await tx
      .selectFrom('shop.shop')
      .select('shop_id')
      .where('shop_id', '=', shopId)
      .executeTakeFirst()
    if (shop === undefined) return { kind: 'not_found' }
    const removed = await tx
      .deleteFrom('shop.photo')
      .where('shop_id', '=', shopId)
      .where('photo_id', '=', photoId)
      .returning('photo_id')
      .executeTakeFirst()
    if (removed !== undefined) await record(deps, tx, rejected)
    return { kind: 'removed', photoId: await photoOf(tx, shopId) }
  })

async function record(
  { newId, now }: Pick<Deps, 'newId' | 'now'>,
  tx: Tx,
  { shopId, reason, clerkId }: Readonly<{ shopId: string; reason: string; clerkId: string }>,
): Promise<void> {
  const at = new Date(now())
  await tx
    .insertInto('shop.shop_change')
    .values({
      change_id: newId(),
      shop_id: shopId,
      change: 'remove_photo',
      reason,
      changed_by: clerkId,
      changed_at: at,
    })
    .execute()
  await tx
    .insertInto('shop.notice')
    .values({
      notice_id: newId(),
      shop_id: shopId,
      title: '店の写真を取り下げました',
      body: `事務局が店の写真を取り下げました。\n理由: ${reason}\n別の写真を登録できます。`,
      published_at: at,
      published_by: clerkId,
    })
    .execute()
}

async function photoOf(tx: Tx, shopId: string): Promise<string | null> {
  const photo = await tx
    .selectFrom('shop.photo')
    .select('photo_id')
    .where('shop_id', '=', shopId)
    .executeTakeFirst()
  return photo?.photo_id ?? null
}
