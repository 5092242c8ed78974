import type { Actor } from '@minnaken/domain'
import { type ProblemReply, isoOf, problem } from '@minnaken/http'
import type { Deps } from '../deps.ts'
import { findOwnShop, listTills, tillStop } from '../tills/tills.ts'

/**
 * Whether somebody may see what a shop takes: its owner, and its tills while they may act.
 * Null when they may. Another shop is answered like one that does not exist.
 */
export async function shopSeenBy(
  deps: Pick<Deps, 'db' | 'now'>,
  {
    shopId,
    actor,
  }: Readonly<{ shopId: string; actor: Actor & Readonly<{ role: 'shop_staff' | 'shop_owner' }> }>,
): Promise<ProblemReply<'not_found' | 'till_revoked' | 'till_expired'> | null> {
  if (actor.role === 'shop_owner') {
    const own = await findOwnShop(deps.db, { shopId, accountId: actor.accountId })
    return own === null ? problem('not_found') : null
  }
  if (actor.shopId !== shopId) return problem('not_found')
  const till = (await listTills(deps.db, shopId)).find((it) => it.tillId === actor.tillId)
  if (till === undefined) return problem('not_found')
  const stopped = tillStop(till, deps.now())
  if (stopped?.kind === 'till_revoked')
    return problem(stopped.kind, { revokedAt: isoOf(stopped.revokedAt) })
  if (stopped?.kind === 'till_expired')
    return problem(stopped.kind, { expiresAt: isoOf(stopped.expiresAt) })
  return null
}
