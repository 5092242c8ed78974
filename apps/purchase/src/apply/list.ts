import type { Tx } from '@minnaken/db'
import { type Campaign, type Instant, isWithin } from '@minnaken/domain'

export type ListRefusal =
  | Readonly<{ kind: 'apply_not_open'; opensAt: Instant; closesAt: Instant }>
  | Readonly<{ kind: 'apply_over'; closedAt: Instant }>
  | Readonly<{ kind: 'list_frozen'; frozenAt: Instant }>

/** Why nobody can apply at a moment, by the campaign's window alone. */
export function windowRefusal({ windows }: Campaign, at: Instant): ListRefusal | null {
  const { apply } = windows
  if (isWithin(apply, at)) return null
  return at < apply.from
    ? { kind: 'apply_not_open', opensAt: apply.from, closesAt: apply.until }
    : { kind: 'apply_over', closedAt: apply.until }
}

/**
 * Keeps the list open until this transaction ends: freezing it waits, other applicants do not.
 *
 * The clock is to be read after this, and the draw's state in a later statement than the lock:
 * so whoever is let in before the end is in the frozen list, and nobody comes in after it.
 */
export async function holdListOpen(tx: Tx, campaignId: string): Promise<ListRefusal | null> {
  await tx
    .selectFrom('sale.stock')
    .select('campaign_id')
    .where('campaign_id', '=', campaignId)
    .forKeyShare()
    .execute()
  const draw = await tx
    .selectFrom('sale.draw')
    .select('frozen_at')
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst()
  const frozenAt = draw?.frozen_at ?? null
  return frozenAt === null ? null : { kind: 'list_frozen', frozenAt: frozenAt.getTime() }
}

/** Waits for everyone who is being let in, and lets nobody in until this transaction ends. */
export async function closeList(tx: Tx, campaignId: string): Promise<void> {
  await tx
    .selectFrom('sale.stock')
    .select('campaign_id')
    .where('campaign_id', '=', campaignId)
    .forUpdate()
    .execute()
}
