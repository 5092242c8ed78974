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
import { useEffect, useState } from 'react'
import { isDue } from './code-time.ts'
import { addShown, hasPaid, hearPaid, sawPaid, shownOfLate } from './shown-of-late.ts'
import { whenSeen } from './when-seen.ts'

type Paid = Reply<typeof paidCode>

const withOutcome = (code: ShownCode) => ({ ...code, hasPaid: hasPaid(code) })

const askedBy = ({ deviceId }: Device) => ({ deviceId, now: serverNow() })

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
      addShown(made, askedBy(device))
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

/**
 * The payment that a shop just took with a code of this phone; `done` makes room for the next. It
 * is told once, and again after a reload that nobody had time to look before.
 */
export function usePaid(device: Device): Readonly<{ paid: Paid | null; done: () => void }> {
  const [paid, setPaid] = useState<Paid | null>(null)
  const hear = (payment: Paid) => {
    if (hearPaid(payment.nonce, askedBy(device))) setPaid(payment)
  }
  useLive({
    path: '/v1/codes/live',
    onEvent: ({ kind, data }) => {
      if (kind === 'payment') hear(data as Paid)
    },
    poll: () => void askAboutShown(device, hear),
  })
  useEffect(() => {
    if (paid === null) return undefined
    return whenSeen(document, () => sawPaid(paid.nonce))
  }, [paid])
  const done = () => {
    if (paid !== null) sawPaid(paid.nonce)
    setPaid(null)
  }
  return { paid, done }
}

/** Asks about each code that may have been taken: after a lost network, and where nothing streams. */
async function askAboutShown(device: Device, hear: (payment: Paid) => void): Promise<void> {
  for (const { nonce } of shownOfLate(askedBy(device))
    .slice(-3)
    .filter((it) => !it.hasPaid)) {
    const path = `/v1/codes/${nonce}`
    const answer = await call<Reply<typeof codeReply>>({ path, patienceMs: 0 })
    if (answer.kind === 'answered' && answer.value.payment !== null) hear(answer.value.payment)
  }
}
