import { randomBytes } from 'node:crypto'
import type { Db } from '@minnaken/db'
import { audienceOf, uuidv7, type Instant } from '@minnaken/domain'
import type { AccountRole } from './deps.ts'
import { createInvite } from './invite.ts'
import { openSession } from './session.ts'
import { hashOfToken } from './token.ts'

/**
 * Writes an account of a role with a session, without a ceremony: for tests of what comes after.
 *
 * `db` is the owner's. The token goes into the cookie of the role's app.
 */
export async function seedAccount(
  db: Db,
  { role, at }: Readonly<{ role: AccountRole; at: Instant }>,
): Promise<Readonly<{ accountId: string; sessionToken: string }>> {
  const deps = { now: () => at, randomBytes }
  const accountId = uuidv7(at, randomBytes(10))
  return db.transaction().execute(async (tx) => {
    const inviteHash =
      role === 'resident' || role === 'shop_owner'
        ? null
        : hashOfToken((await createInvite(tx, deps, { role, madeBy: 'test' })).token)
    await tx
      .insertInto('auth.account')
      .values({ account_id: accountId, role, invite_hash: inviteHash, created_at: new Date(at) })
      .execute()
    const audience = audienceOf(role)
    const session = await openSession(tx, deps, { accountId, audience, previousToken: undefined })
    return { accountId, sessionToken: session.token }
  })
}
