import type { Db, Tx } from '@minnaken/db'
import type { Instant } from '@minnaken/domain'
import { sql } from 'kysely'
import type { AccountRole, AuthDeps } from './deps.ts'
import { newToken } from './token.ts'

/** The roles that nobody can take by themselves. */
export type InvitedRole = Extract<AccountRole, 'clerk' | 'approver' | 'auditor'>

/** How long an invitation may wait: three days. */
export const inviteMs = 3 * 24 * 3_600_000

/**
 * Makes an invitation for one member of the federation's staff.
 *
 * The token is told once, here; it makes one account of that role and is worth nothing afterwards.
 */
export async function createInvite(
  db: Db | Tx,
  { now, randomBytes }: Pick<AuthDeps, 'now' | 'randomBytes'>,
  { role, madeBy }: Readonly<{ role: InvitedRole; madeBy: string }>,
): Promise<Readonly<{ token: string; expiresAt: Instant }>> {
  const at = now()
  const { token, hash } = newToken(randomBytes)
  const expiresAt = at + inviteMs
  await db
    .insertInto('auth.invite')
    .values({
      token_hash: hash,
      role,
      made_by: madeBy,
      created_at: new Date(at),
      expires_at: new Date(expiresAt),
    })
    .execute()
  return { token, expiresAt }
}

/** The address to hand over. The token stands behind `#`, which a browser sends to no server. */
export const inviteLink = (origin: string, token: string): string => `${origin}/invite#${token}`

/**
 * Finds an invitation that still stands, and holds it until the transaction ends.
 *
 * Of several who answer it at the same moment one gets it: the others wait here for that one and
 * then find it used. Null when it is used, over or was never made.
 */
export async function standingInvite(
  tx: Tx,
  { hash, at }: Readonly<{ hash: Uint8Array; at: Instant }>,
): Promise<InvitedRole | null> {
  const invite = await tx
    .selectFrom('auth.invite')
    .select(sql<InvitedRole>`role`.as('role'))
    .where('token_hash', '=', Buffer.from(hash))
    .where('used_at', 'is', null)
    .where('expires_at', '>', new Date(at))
    .forUpdate()
    .executeTakeFirst()
  return invite?.role ?? null
}

/** Marks an invitation used. The caller holds it. */
export async function useInvite(
  tx: Tx,
  { hash, at }: Readonly<{ hash: Uint8Array; at: Instant }>,
): Promise<void> {
  await tx
    .updateTable('auth.invite')
    .set({ used_at: new Date(at) })
    .where('token_hash', '=', Buffer.from(hash))
    .execute()
}
