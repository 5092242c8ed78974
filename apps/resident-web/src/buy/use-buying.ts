import type { Failure } from '@minnaken/ui'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { type Bought, placeOrder, untilAnswered, waitsForPerson } from './place-order.ts'
import { openWish, type SentWish, type Wish } from './wish.ts'

export type Buying = Readonly<{
  isBusy: boolean
  /** The wish in doubt, also that of an earlier visit; nothing else is bought until it is answered. */
  open: SentWish | null
  failure: Failure | null
  buy: (wish: Wish) => void
}>

/** Buys in one sale, and goes on to the order. What is in doubt is asked about by itself. */
export function useBuying({ campaign, sale }: Pick<Wish, 'campaign' | 'sale'>): Buying {
  const navigate = useNavigate()
  const [isBusy, setIsBusy] = useState(false)
  const [open, setOpen] = useState(() => openWish({ campaign, sale }, Date.now()))
  const [failure, setFailure] = useState<Failure | null>(null)
  const isWaiting = open !== null && waitsForPerson(failure)
  const isHere = useRef(true)

  const take = (bought: Bought) => {
    if (!isHere.current) return
    setOpen(bought.kind === 'in_doubt' ? bought.wish : null)
    const isTold =
      bought.kind === 'refused' || (bought.kind === 'in_doubt' && waitsForPerson(bought.failure))
    setFailure(isTold ? bought.failure : null)
    if (bought.kind === 'placed')
      void navigate({ to: '/orders/$orderId', params: { orderId: bought.order.orderId } })
  }
  const taking = useRef(take)
  useEffect(() => {
    taking.current = take
  })

  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])

  useEffect(() => {
    if (open === null || isWaiting) return undefined
    const leaving = new AbortController()
    untilAnswered(open, leaving.signal).then(
      (bought) => {
        if (!leaving.signal.aborted) taking.current(bought)
      },
      () => {},
    )
    return () => leaving.abort()
  }, [open, isWaiting])

  const buy = (wish: Wish) => {
    setFailure(null)
    // In doubt, this lets the very same be asked about again.
    if (open !== null || isBusy) return
    setIsBusy(true)
    void placeOrder(wish)
      .then((bought) => taking.current(bought))
      .finally(() => setIsBusy(false))
  }
  return { isBusy, open, failure, buy }
}
