import { yen } from '@minnaken/domain'
import type { Deps, Desk } from '@minnaken/redemption/parts'
import { deskThat } from './desk.ts'

/**
 * Reads each code as the product does, signature and all, and takes it: nothing is asked, decided
 * or kept. The answer has the form of the product's, with an amount of one kind.
 *
 * Tills and device keys come from the database when they are first seen and from memory from then
 * on, by the product's own look-ups; after a warm-up no request reaches the database.
 */
export const ceilingDesk = (deps: Deps): Desk =>
  deskThat(deps, async (_bucket, { tillId, amount }) => ({
    kind: 'redeemed',
    redemption: {
      redemptionId: deps.newId(),
      tillId,
      amount,
      split: [{ kind: 'COMMON', yen: amount }],
      decidedAt: deps.now(),
      voided: yen(0),
    },
  }))
