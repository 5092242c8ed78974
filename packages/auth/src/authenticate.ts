import type { Db } from '@minnaken/db'
import type { Actor, Instant, Role } from '@minnaken/domain'
import { findActors } from './session.ts'
import { hashOfToken } from './token.ts'

/** What a request carries: the sessions of its cookies, and a till's bearer token. */
export type Credentials = Readonly<
  Partial<Record<'resident' | 'shop' | 'staff' | 'bearer', string>>
>

export type Authenticate = (
  credentials: Credentials,
  access: readonly Role[],
) => Promise<Actor | null>

/**
 * Makes the function that tells a service who is asking.
 *
 * Of several proofs in one request it takes one that may come in; with none that may, any that is
 * true, so that the person hears "not you" and not "sign in". Null when nothing is proved.
 * A till's token is looked up where the route is for shop staff, and where no session was enough.
 */
export function authenticate(
  deps: Readonly<{
    db: Db
    now: () => Instant
    /** Finds the till of a token, for the one service that has tills. */
    findTill?: (tokenHash: Buffer) => Promise<Actor | null>
  }>,
): Authenticate {
  const { db, now, findTill } = deps

  const tillOf = async (bearer: string | undefined): Promise<Actor | null> => {
    const hash = bearer === undefined ? null : hashOfToken(bearer)
    return hash === null || findTill === undefined ? null : await findTill(hash)
  }

  return async ({ bearer, ...tokens }, access) => {
    const till = await tillOf(bearer)
    if (till !== null && access.includes(till.role)) return till
    const actors = await findActors(db, { tokens, at: now() })
    return actors.find(({ role }) => access.includes(role)) ?? actors[0] ?? till
  }
}
