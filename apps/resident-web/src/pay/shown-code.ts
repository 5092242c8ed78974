import type { codeReply, paidCode } from '@minnaken/redemption/contract'
import {
  call,
  type Device,
  type Reply,
  serverNow,
  type ShownCode,
  signCode,
  useLive,
} from '@minnaken/ui'
import { useCallback, useEffect, useState } from 'react'
import { hexOf, isDue, stillAnswered } from './code-time.ts'

export type Paid = Reply<typeof paidCode>

/** The codes that were shown of late, by any screen: one of them may have been scanned just before. */
let shown: readonly ShownCode[] = []

/** Payments that were seen, so that a result is shown once. */
const seen = new Set<string>()
const withOutcome = (code: ShownCode) => ({ ...code, hasPaid: seen.has(hexOf(code.nonce)) })

/**
 * A code that is signed here, without a network, and renewed by itself while somebody looks: before
 * its time is over, and when it has paid.
 */
export function useShownCode(device: Device): ShownCode | null {
  const [code, setCode] = useState<ShownCode | null>(null)
  useEffect(() => {
    let isHere = true
    let isSigning = false
    let current: ShownCode | null = null
    const renew = async () => {
      const isGood = current !== null && !isDue(withOutcome(current), serverNow())
      if (isSigning || document.hidden || isGood) return
      isSigning = true
      const made = await signCode(device).finally(() => {
        isSigning = false
      })
      if (!isHere) return
      current = made
      shown = [...stillAnswered(shown, serverNow()), made]
      setCode(made)
    }
    const renewNow = () => void renew()
    renewNow()
    const timer = setInterval(renewNow, 500)
    document.addEventListener('visibilitychange', renewNow)
    return () => {
      isHere = false
      clearInterval(timer)
      document.removeEventListener('visibilitychange', renewNow)
    }
  }, [device])
  return code
}

/** The payment that a shop just took with a code of this phone; `done` makes room for the next. */
export function usePaid(): Readonly<{ paid: Paid | null; done: () => void }> {
  const [paid, setPaid] = useState<Paid | null>(null)
  const hear = useCallback((payment: Paid) => {
    const isOfThisPhone = shown.some(({ nonce }) => hexOf(nonce) === payment.nonce)
    if (!isOfThisPhone || seen.has(payment.nonce)) return
    seen.add(payment.nonce)
    setPaid(payment)
  }, [])
  useLive({
    path: '/v1/codes/live',
    onEvent: ({ kind, data }) => {
      if (kind === 'payment') hear(data as Paid)
    },
    poll: () => void askAboutShown(hear),
  })
  const done = useCallback(() => setPaid(null), [])
  return { paid, done }
}

/** Asks about each code that may have been taken: after a lost network, and where nothing streams. */
async function askAboutShown(hear: (payment: Paid) => void): Promise<void> {
  for (const { nonce } of stillAnswered(shown, serverNow()).slice(-3)) {
    const hex = hexOf(nonce)
    if (seen.has(hex)) continue
    const path = `/v1/codes/${hex}`
    const answer = await call<Reply<typeof codeReply>>({ path, patienceMs: 0 })
    if (answer.kind === 'answered' && answer.value.payment !== null) hear(answer.value.payment)
  }
}
