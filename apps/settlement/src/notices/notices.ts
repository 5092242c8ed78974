import type { Db } from '@minnaken/db'
import type { Instant } from '@minnaken/domain'
import { isoOf, isoOrNull } from '@minnaken/http'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

/** Tells all shops something. What was said is never changed: a mistake is corrected by another notice. */
export async function publishNotice(
  { db, newId, now }: Pick<Deps, 'db' | 'newId' | 'now'>,
  { title, text, by }: Readonly<{ title: string; text: string; by: string }>,
) {
  const noticeId = newId()
  const publishedAt = new Date(now())
  await db
    .insertInto('shop.notice')
    .values({ notice_id: noticeId, title, body: text, published_at: publishedAt, published_by: by })
    .execute()
  return { noticeId, title, text, publishedAt: isoOf(publishedAt) }
}

/** What a shop was told, alone or with all, the newest first, and when it was first read there. */
export async function noticesOf(db: Db, shopId: string) {
  const rows = await db
    .selectFrom('shop.notice as notice')
    .leftJoin('shop.notice_read as seen', (join) =>
      join.onRef('seen.notice_id', '=', 'notice.notice_id').on('seen.shop_id', '=', shopId),
    )
    .selectAll('notice')
    .select('seen.read_at')
    .where((is) => is.or([is('notice.shop_id', 'is', null), is('notice.shop_id', '=', shopId)]))
    .orderBy('notice.published_at', 'desc')
    .orderBy('notice.notice_id', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({
    noticeId: row.notice_id,
    title: row.title,
    text: row.body,
    publishedAt: isoOf(row.published_at),
    readAt: isoOrNull(row.read_at),
  }))
}

/** Marks a notice as read by a shop, once: reading it again keeps the first moment. Null: no notice. */
export async function markRead(
  db: Db,
  { noticeId, shopId, at }: Readonly<{ noticeId: string; shopId: string; at: Instant }>,
): Promise<Date | null> {
  const notice = await db
    .selectFrom('shop.notice')
    .select('notice_id')
    .where('notice_id', '=', noticeId)
    .where((is) => is.or([is('shop_id', 'is', null), is('shop_id', '=', shopId)]))
    .executeTakeFirst()
  if (notice === undefined) return null
  await db
    .insertInto('shop.notice_read')
    .values({ notice_id: noticeId, shop_id: shopId, read_at: new Date(at) })
    .onConflict((there) => there.columns(['notice_id', 'shop_id']).doNothing())
    .execute()
  const { read_at } = await db
    .selectFrom('shop.notice_read')
    .select('read_at')
    .where('notice_id', '=', noticeId)
    .where('shop_id', '=', shopId)
    .executeTakeFirstOrThrow()
  return read_at
}

/** For the federation: every notice to all shops with how many of the shops that take vouchers read it. */
export async function sentNotices(db: Db) {
  const { rows } = await sql<{
    notice_id: string
    title: string
    body: string
    published_at: Date
    read_by: number
    shops: number
  }>`
    select n.notice_id, n.title, n.body, n.published_at,
      (select count(*) from shop.notice_read r join shop.shop s using (shop_id)
        where r.notice_id = n.notice_id and s.state = 'active') as read_by,
      (select count(*) from shop.shop where state = 'active') as shops
    from shop.notice n where n.shop_id is null
    order by n.published_at desc, n.notice_id desc limit 100`.execute(db)
  return rows.map((row) => ({
    noticeId: row.notice_id,
    title: row.title,
    text: row.body,
    publishedAt: isoOf(row.published_at),
    readBy: row.read_by,
    shops: row.shops,
  }))
}
