import { hashOfToken, newToken, Remembered } from '@minnaken/auth'
import type { Db } from '@minnaken/db'
import type { Actor, Instant } from '@minnaken/domain'
import type { Deps } from '../deps.ts'

/** How long an owner's join code works: long enough to walk to the till. */
const JOIN_CODE_MS = 10 * 60_000
/** A till that nobody struck off joins again once a year. */
const TILL_MS = 366 * 86_400_000
const TILL_TOKENS_MAX = 100_000
/** A suspended shop may still get its tills ready; one that was not accepted or has left may not. */
const TRADING = ['active', 'suspended']

export type ShopCard = Readonly<{ shopId: string; shopNo: string; name: string }>

export type Till = Readonly<{
  tillId: string
  name: string
  joinedAt: Instant
  expiresAt: Instant
  revokedAt: Instant | null
}>

/** The shop, if it is this owner's. Another person's shop is answered like one that does not exist. */
export async function findOwnShop(
  db: Db,
  { shopId, accountId }: Readonly<{ shopId: string; accountId: string }>,
): Promise<(ShopCard & Readonly<{ state: string; isTrading: boolean }>) | null> {
  const row = await db
    .selectFrom('shop.shop')
    .select(['shop_id', 'shop_no', 'name', 'state'])
    .where('shop_id', '=', shopId)
    .where('owner_account_id', '=', accountId)
    .executeTakeFirst()
  if (row === undefined) return null
  const { shop_no: shopNo, name, state } = row
  return { shopId, shopNo, name, state, isTrading: TRADING.includes(state) }
}

/**
 * Makes a code that lets one phone join as a till, once, within ten minutes.
 *
 * Clears away up to ten that are over, so the table stays small without a job.
 */
export async function makeJoinCode(
  deps: Deps,
  { shopId, accountId }: Readonly<{ shopId: string; accountId: string }>,
): Promise<Readonly<{ joinCode: string; expiresAt: Instant }>> {
  const { token: joinCode, hash } = newToken(deps.randomBytes)
  const at = deps.now()
  const expiresAt = at + JOIN_CODE_MS
  await deps.db
    .deleteFrom('redemption.join_code')
    .where('code_hash', 'in', (over) =>
      over
        .selectFrom('redemption.join_code')
        .select('code_hash')
        .where('expires_at', '<=', new Date(at))
        .limit(10)
        .forUpdate()
        .skipLocked(),
    )
    .execute()
  await deps.db
    .insertInto('redemption.join_code')
    .values({
      code_hash: hash,
      shop_id: shopId,
      made_by: accountId,
      expires_at: new Date(expiresAt),
    })
    .execute()
  return { joinCode, expiresAt }
}

/** A phone becomes a till of the shop whose code it shows. Null when the code is wrong, used or old. */
export const joinShop = (
  deps: Deps,
  { joinCode, name }: Readonly<{ joinCode: string; name: string }>,
): Promise<Readonly<{ till: Till; token: string; shop: ShopCard }> | null> =>
  deps.db.transaction().execute(async (tx) => {
    const at = deps.now()
    const codeHash = hashOfToken(joinCode)
    if (codeHash === null) return null
    const used = await tx
      .updateTable('redemption.join_code')
      .set({ used_at: new Date(at) })
      .where('code_hash', '=', codeHash)
      .where('used_at', 'is', null)
      .where('expires_at', '>', new Date(at))
      .returning('shop_id')
      .executeTakeFirst()
    if (used === undefined) return null
    const shop = await tx
      .selectFrom('shop.shop')
      .select(['shop_id', 'shop_no', 'name'])
      .where('shop_id', '=', used.shop_id)
      .where('state', 'in', TRADING)
      .executeTakeFirst()
    if (shop === undefined) return null
    const { token, hash } = newToken(deps.randomBytes)
    const tillId = deps.newId()
    const expiresAt = at + TILL_MS
    await tx
      .insertInto('redemption.till')
      .values({
        till_id: tillId,
        shop_id: shop.shop_id,
        name,
        token_hash: hash,
        joined_at: new Date(at),
        expires_at: new Date(expiresAt),
      })
      .execute()
    return {
      till: { tillId, name, joinedAt: at, expiresAt, revokedAt: null },
      token,
      shop: { shopId: shop.shop_id, shopNo: shop.shop_no, name: shop.name },
    }
  })

/** The phones that joined a shop; its printed code is none. */
export async function listTills(db: Db, shopId: string): Promise<Till[]> {
  const rows = await db
    .selectFrom('redemption.till')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('is_printed', '=', false)
    .orderBy('joined_at')
    .execute()
  return rows.map((row) => ({
    tillId: row.till_id,
    name: row.name,
    joinedAt: row.joined_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    revokedAt: row.revoked_at?.getTime() ?? null,
  }))
}

/** Strikes a till off: its very next request is refused. Answers whether the shop has such a till. */
export async function revokeTill(
  deps: Deps,
  { shopId, tillId }: Readonly<{ shopId: string; tillId: string }>,
): Promise<boolean> {
  await deps.db
    .updateTable('redemption.till')
    .set({ revoked_at: new Date(deps.now()) })
    .where('till_id', '=', tillId)
    .where('shop_id', '=', shopId)
    .where('is_printed', '=', false)
    .where('revoked_at', 'is', null)
    .execute()
  return (await listTills(deps.db, shopId)).some((till) => till.tillId === tillId)
}

/** Why a till may not act, or null when it may. */
export type TillStop =
  | Readonly<{ kind: 'till_revoked'; revokedAt: Instant }>
  | Readonly<{ kind: 'till_expired'; expiresAt: Instant }>

export function tillStop(
  till: Readonly<{ revokedAt: Instant | null; expiresAt: Instant | null }>,
  now: Instant,
): TillStop | null {
  const { revokedAt, expiresAt } = till
  if (revokedAt !== null) return { kind: 'till_revoked', revokedAt }
  return expiresAt !== null && now >= expiresAt ? { kind: 'till_expired', expiresAt } : null
}

/**
 * Finds the till that a token names, also one that is revoked or expired: it is named here, and
 * refused where the answer is decided, so that a late retry still reaches its first answer.
 *
 * What a token names never changes, so it is remembered; the oldest is forgotten first.
 */
export function tillFinder({ db }: Pick<Deps, 'db'>): (tokenHash: Buffer) => Promise<Actor | null> {
  const tills = new Remembered<string, Actor>(TILL_TOKENS_MAX)
  return async (tokenHash) => {
    const key = tokenHash.toString('base64')
    const known = tills.get(key)
    if (known !== undefined) return known
    const row = await db
      .selectFrom('redemption.till')
      .select(['till_id', 'shop_id'])
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst()
    if (row === undefined) return null
    const till: Actor = { role: 'shop_staff', tillId: row.till_id, shopId: row.shop_id }
    tills.set(key, till)
    return till
  }
}
