import { type Body, type Failure, type Reply, call, newWishId, queries } from '@minnaken/ui'
import type { voidBody, voidReply } from '@minnaken/redemption/contract'
import { useRef, useState } from 'react'
import { usePractice } from '../practice/practice.ts'
import type { LookedAt } from '../till/looked-at.ts'
import type { DayPayment } from './day.ts'

type VoidState =
  | Readonly<{ kind: 'ready' | 'asking' }>
  | Readonly<{ kind: 'voided'; yen: number }>
  | Readonly<{ kind: 'failed'; failure: Failure }>

/** `yen` is null for all that is left. */
type Wish = Readonly<{ yen: number | null; reason: string }>

export type Voiding = Readonly<{ state: VoidState; send: (wish: Wish) => Promise<void> }>

/**
 * Voids a payment. The same wish keeps its name however often it is sent, so that it comes true
 * once; another amount or reason is another wish. Nothing is voided in practice.
 */
export function useVoid({
  payment,
  lookedAt: { token, shopId, isOwner },
}: Readonly<{ payment: DayPayment; lookedAt: LookedAt }>): Voiding {
  const [state, setState] = useState<VoidState>({ kind: 'ready' })
  const wished = useRef<Wish & Readonly<{ id: string }>>(undefined)
  const isPractice = usePractice()
  const send = async (wish: Wish): Promise<void> => {
    if (isPractice) return
    const before = wished.current
    const isSame = before?.yen === wish.yen && before.reason === wish.reason
    const id = isSame ? before.id : newWishId()
    wished.current = { ...wish, id }
    const { reason, yen } = wish
    const body: Body<typeof voidBody> = { reason, ...(yen === null ? {} : { amountYen: yen }) }
    setState({ kind: 'asking' })
    const answer = await call<Reply<typeof voidReply>>({
      method: 'POST',
      path: `/v1/redemptions/${payment.redemptionId}/voids`,
      body,
      idempotencyKey: id,
      // An owner may do more than the till that is on the same device.
      ...(token === undefined || isOwner ? {} : { token }),
    })
    setState(
      answer.kind === 'answered'
        ? { kind: 'voided', yen: answer.value.amountYen }
        : { kind: 'failed', failure: answer },
    )
    await queries.invalidateQueries({ queryKey: ['day', shopId] })
  }
  return { state, send }
}
