import { inTransaction, type Tx } from '@minnaken/db'
import { type Refused, refused } from '@minnaken/http'
import type { Deps } from '../deps.ts'

export type ShopChange = 'accept' | 'reject' | 'suspend' | 'resume' | 'leave' | 'hold' | 'release'

type ShopState = 'applied' | 'active' | 'suspended' | 'rejected' | 'left'

/** The states that each change may meet, and the one it leads to; null leaves it as it is. */
const changes: Readonly<
  Record<ShopChange, Readonly<{ from: readonly ShopState[]; to: ShopState | null }>>
> = {
  accept: { from: ['applied'], to: 'active' },
  reject: { from: ['applied'], to: 'rejected' },
  suspend: { from: ['active'], to: 'suspended' },
  resume: { from: ['suspended'], to: 'active' },
  leave: { from: ['active', 'suspended'], to: 'left' },
  hold: { from: ['applied', 'active', 'suspended', 'left'], to: null },
  release: { from: ['applied', 'active', 'suspended', 'left'], to: null },
}

export type DecideRefusal =
  | Readonly<{ kind: 'not_found' }>
  | Readonly<{
      kind: 'shop_wrong_state'
      change: ShopChange
      is: string
      needs: readonly ShopState[]
    }>
  | Readonly<{ kind: 'account_unconfirmed' }>

/**
 * A clerk decides about a shop, with a reason that is kept.
 *
 * Held back, a shop goes on taking vouchers and is not paid: its payable stays until the release.
 * A shop is accepted only once its owner has confirmed the name of the account.
 */
export const decideShop = (
  deps: Deps,
  {
    shopId,
    change,
    reason,
    clerkId,
  }: Readonly<{ shopId: string; change: ShopChange; reason: string; clerkId: string }>,
): Promise<Readonly<{ kind: 'decided' }> | Refused<DecideRefusal>> =>
  inTransaction(
    deps.db,
    async (tx): Promise<Readonly<{ kind: 'decided' }> | Refused<DecideRefusal>> => {
      const shop = await tx
        .selectFrom('shop.shop')
        .select(['state', 'payee_id', 'held_since'])
        .where('shop_id', '=', shopId)
        .forUpdate()
        .executeTakeFirst()
      if (shop === undefined) return refused({ kind: 'not_found' })
      const { from, to } = changes[change]
      if (!from.some((state) => state === shop.state))
        return refused({ kind: 'shop_wrong_state', change, is: shop.state, needs: from })
      if (change === 'accept' && !(await isAccountConfirmed(tx, shop.payee_id)))
        return refused({ kind: 'account_unconfirmed' })

      const at = new Date(deps.now())
      const held =
        change === 'hold'
          ? { held_since: shop.held_since ?? at, held_reason: reason }
          : change === 'release'
            ? { held_since: null, held_reason: null }
            : {}
      const moved =
        to === null ? {} : { state: to, state_since: at, state_reason: reason, decided_by: clerkId }
      await tx
        .updateTable('shop.shop')
        .set({ ...held, ...moved })
        .where('shop_id', '=', shopId)
        .execute()
      await tx
        .insertInto('shop.shop_change')
        .values({
          change_id: deps.newId(),
          shop_id: shopId,
          change,
          reason,
          changed_by: clerkId,
          changed_at: at,
        })
        .execute()
      return { kind: 'decided' }
    },
  )

async function isAccountConfirmed(tx: Tx, payeeId: string): Promise<boolean> {
  const account = await tx
    .selectFrom('shop.payee_account')
    .select('payee_account_id')
    .where('payee_id', '=', payeeId)
    .where('state', 'in', ['proposed', 'active'])
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  return account !== undefined
}
