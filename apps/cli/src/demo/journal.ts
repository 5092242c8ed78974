import { randomUUID } from 'node:crypto'
import { type JstDate, jstDateOf } from '@minnaken/domain'
import { type Answer, insist } from '../people/call.ts'
import type { Till } from '../people/people.ts'
import type { OpenShop } from '../people/shop.ts'

export type DemoTill = Till & Readonly<{ shop: OpenShop }>

/** What the tills themselves know: every payment they heard was accepted, and what they voided. */
export type Journal = Readonly<{
  accepted: Map<string, Readonly<{ yen: number; on: JstDate }>>
  voided: Map<string, number>
  refused: Map<string, number>
  /** Payments asked about once more, and how many were told their first answer. */
  replays: { asked: number; same: number }
}>

export const openJournal = (): Journal => ({
  accepted: new Map(),
  voided: new Map(),
  refused: new Map(),
  replays: { asked: 0, same: 0 },
})

export type Paid =
  | Readonly<{ kind: 'paid'; redemptionId: string; isReplay: boolean }>
  | Readonly<{ kind: 'refused'; problem: string }>

type Payment = Readonly<{ till: DemoTill; code: string; yen: number; now: number }>

/**
 * The one way in which anybody pays here. A till that is told to wait asks again by the same
 * request; whatever is accepted is in the journal, also where a refusal was expected.
 */
export async function pay(journal: Journal, { till, code, yen, now }: Payment): Promise<Paid> {
  const { status, body } = await insist(() => till.pay(code, yen))
  const {
    redemptionId,
    replayed,
    code: problem,
  } = body as { redemptionId?: string; replayed?: boolean; code?: string }
  if (status === 201 && redemptionId !== undefined) {
    if (!journal.accepted.has(redemptionId))
      journal.accepted.set(redemptionId, { yen, on: jstDateOf(now) })
    return { kind: 'paid', redemptionId, isReplay: replayed === true }
  }
  const name = problem ?? String(status)
  journal.refused.set(name, (journal.refused.get(name) ?? 0) + 1)
  return { kind: 'refused', problem: name }
}

/** Gives a part or all of a payment back; asked twice with one key, it is given back once. */
export async function giveBack(
  journal: Journal,
  {
    till,
    redemptionId,
    amountYen,
  }: Readonly<{ till: DemoTill; redemptionId: string; amountYen: number }>,
): Promise<void> {
  const key = randomUUID()
  const ask = (): Promise<Answer> =>
    insist(() => till.voidPayment(redemptionId, { amountYen, reason: '打ち間違い' }, key))
  const first = await ask()
  if (first.status !== 201) throw new Error(`void: ${JSON.stringify(first.body)}`)
  await ask()
  noteVoid(journal, { redemptionId, amountYen })
}

export function noteVoid(
  journal: Journal,
  { redemptionId, amountYen }: Readonly<{ redemptionId: string; amountYen: number }>,
): void {
  journal.voided.set(redemptionId, (journal.voided.get(redemptionId) ?? 0) + amountYen)
}
