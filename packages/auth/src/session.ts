import type { Db, Tx } from '@minnaken/db'
import type { Actor, Audience, Instant } from '@minnaken/domain'
import { sql } from 'kysely'
import type { AccountRole, AuthDeps } from './deps.ts'
import { hashOfToken, newToken } from './token.ts'

const HOUR_MS = 3_600_000

/**
 * How long a session lasts from its sign-in, whether it is used or not: a month on a resident's
 * phone, two weeks at a shop, one working day for the federation's staff.
 */
export const sessionMs: Readonly<Record<Audience, number>> = {
  resident: 30 * 24 * HOUR_MS,
  shop: 14 * 24 * HOUR_MS,
  staff: 12 * HOUR_MS,
}

/** So long after its end it can still be seen that there was a session. */
const KEPT_MS = 90 * 24 * HOUR_MS

/** What the person's browser carries from now on, in the cookie of their app. */
export type Session = Readonly<{ token: string; expiresAt: Instant }>

/**
 * Opens a session under a new token and ends the one that the browser had.
 *
 * A token that somebody else planted in the browser is never taken over. Clears away up to ten
 * sessions that ended long ago, so the table stays as large as the district without a job.
 */
export async function openSession(
  tx: Tx,
  { now, randomBytes }: Pick<AuthDeps, 'now' | 'randomBytes'>,
  of: Readonly<{ accountId: string; audience: Audience; previousToken: string | undefined }>,
): Promise<Session> {
  const at = now()
  const { accountId, audience, previousToken } = of
  if (previousToken !== undefined) await endSession(tx, { token: previousToken, audience, at })
  await clearAway(tx, { audience, endedBefore: at - KEPT_MS })
  const { token, hash } = newToken(randomBytes)
  const expiresAt = at + sessionMs[audience]
  await tx
    .insertInto('auth.session')
    .values({
      token_hash: hash,
      account_id: accountId,
      audience,
      created_at: new Date(at),
      expires_at: new Date(expiresAt),
    })
    .execute()
  return { token, expiresAt }
}

const clearAway = (
  tx: Tx,
  { audience, endedBefore }: Readonly<{ audience: Audience; endedBefore: Instant }>,
): Promise<unknown> =>
  tx
    .deleteFrom('auth.session')
    .where('token_hash', 'in', (ended) =>
      ended
        .selectFrom('auth.session')
        .select('token_hash')
        .where('audience', '=', audience)
        .where('expires_at', '<=', new Date(endedBefore))
        .limit(10)
        .forUpdate()
        .skipLocked(),
    )
    .execute()

/** Ends a session at the server, so that its token opens nothing from the next request on. */
export async function endSession(
  db: Db | Tx,
  { token, audience, at }: Readonly<{ token: string; audience: Audience; at: Instant }>,
): Promise<void> {
  const hash = hashOfToken(token)
  if (hash === null) return
  await db
    .updateTable('auth.session')
    .set({ revoked_at: new Date(at) })
    .where('token_hash', '=', hash)
    .where('audience', '=', audience)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Ends every session of an account, on every device. */
export async function endSessionsOf(
  db: Db | Tx,
  { accountId, at }: Readonly<{ accountId: string; at: Instant }>,
): Promise<void> {
  await db
    .updateTable('auth.session')
    .set({ revoked_at: new Date(at) })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .execute()
}

/**
 * Finds who is behind the tokens of a request: one look-up, at most one actor for each app.
 *
 * Asked anew for every request and never remembered, so that an ended session, a stopped account
 * and a changed role count from the next request on. A token of one app counts at no other.
 */
export async function findActors(
  db: Db | Tx,
  { tokens, at }: Readonly<{ tokens: Readonly<Partial<Record<Audience, string>>>; at: Instant }>,
): Promise<readonly Extract<Actor, { accountId: string }>[]> {
  const hashes = Object.entries(tokens).flatMap(([audience, token]) => {
    const hash = hashOfToken(token)
    return hash === null ? [] : [{ audience, hash }]
  })
  if (hashes.length === 0) return []
  const rows = await db
    .selectFrom('auth.session as session')
    .innerJoin('auth.account as account', 'account.account_id', 'session.account_id')
    .select([
      'session.token_hash as hash',
      'session.audience',
      'session.created_at as createdAt',
      'account.account_id as accountId',
      sql<AccountRole>`account.role`.as('role'),
    ])
    .where(
      'session.token_hash',
      'in',
      hashes.map(({ hash }) => hash),
    )
    .where('session.revoked_at', 'is', null)
    .where('session.expires_at', '>', new Date(at))
    .where('account.stopped_at', 'is', null)
    .execute()
  return hashes.flatMap(({ audience, hash }) =>
    rows
      .filter((row) => row.audience === audience && row.hash.equals(hash))
      .map(({ role, accountId, createdAt }) => ({
        role,
        accountId,
        signedInAt: createdAt.getTime(),
      })),
  )
}
