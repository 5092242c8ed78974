import { Notice, type Reply, TwoWordsView, serverNow, useFormat, useLive } from '@minnaken/ui'
import type { livePayment } from '@minnaken/redemption/contract'
import { useEffect, useRef, useState } from 'react'
import type { Till } from '../till/till.ts'
import { useWords } from '../words.ts'
import { type Announced, announce } from './announced.ts'
import { tellTaken } from './tell-taken.ts'

const SHOWN_MS = 20_000

/** Payments at the shop's printed code have no till of their own, so every till tells of them. */
export function PrintedPayments({ till }: Readonly<{ till: Till }>) {
  const { w } = useWords()
  const format = useFormat()
  const [shown, setShown] = useState<Reply<typeof livePayment>>()
  const announced = useRef<Announced>(new Set())
  useLive({
    path: `/v1/shops/${till.shop.shopId}/live`,
    token: till.token,
    onEvent: ({ kind, data }) => {
      if (kind !== 'payment') return
      const payment = data as Reply<typeof livePayment>
      if (!announce(announced.current, payment, serverNow())) return
      tellTaken(payment.amountYen)
      setShown(payment)
    },
    poll: () => {},
  })
  useEffect(() => {
    if (shown === undefined) return undefined
    const timer = setTimeout(() => setShown(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [shown])
  if (shown === undefined) return null
  return (
    <Notice kind="success" title={w('receive.printed', { yen: format.yen(shown.amountYen) })}>
      <TwoWordsView words={shown.words} />
    </Notice>
  )
}
