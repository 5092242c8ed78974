import { type Device } from '@minnaken/ui'
import { useEffect, useState } from 'react'
import { AmountStep } from './amount-step.tsx'
import { ConfirmStep } from './confirm-step.tsx'
import { NotTaken } from './not-taken.tsx'
import { PaidResult } from './paid-result.tsx'
import { forgetPending, holdPending, type PendingPayment } from './pending-payment.ts'
import type { Preview } from './preview.ts'
import { ScanStep } from './scan-step.tsx'
import type { Sent } from './send-payment.ts'
import type { ShopCard } from './shop-card.tsx'
import { whenSeen } from './when-seen.ts'

type Step =
  | Readonly<{ kind: 'scan' }>
  | Readonly<{ kind: 'amount'; code: string; yen: number }>
  | Readonly<{ kind: 'confirm'; code: string; shop: ShopCard; preview: Preview }>
  | Readonly<{
      kind: 'done'
      sent: Extract<Sent, { kind: 'paid' | 'refused' }>
      code: string
      pending: PendingPayment
    }>

/** This phone reads the shop: code, amount, the split before anything is signed, and the result. */
export function ReadFace({
  device,
  shopCode,
  startYen,
}: Readonly<{ device: Device; shopCode: string | undefined; startYen: number }>) {
  const [step, setStep] = useState<Step>(
    shopCode === undefined ? { kind: 'scan' } : { kind: 'amount', code: shopCode, yen: startYen },
  )
  const again = () => setStep({ kind: 'scan' })
  const isPaying = step.kind === 'confirm' || step.kind === 'done'
  useEffect(() => (isPaying ? holdPending() : undefined), [isPaying])
  const done = step.kind === 'done' ? step.pending : null
  useEffect(
    () => (done === null ? undefined : whenSeen(document, () => forgetPending(done))),
    [done],
  )
  const leave = (next: Step) => {
    if (done !== null) forgetPending(done)
    setStep(next)
  }
  switch (step.kind) {
    case 'scan':
      return <ScanStep onShop={(code) => setStep({ kind: 'amount', code, yen: 0 })} />
    case 'amount':
      return (
        <AmountStep
          device={device}
          code={step.code}
          startYen={step.yen}
          onBack={again}
          onPreview={(shop, preview) =>
            setStep({ kind: 'confirm', code: step.code, shop, preview })
          }
        />
      )
    case 'confirm':
      return (
        <ConfirmStep
          device={device}
          shop={step.shop}
          preview={step.preview}
          onBack={() => setStep({ kind: 'amount', code: step.code, yen: step.preview.amountYen })}
          onSent={(sent, pending) => setStep({ kind: 'done', sent, code: step.code, pending })}
          onUnknown={again}
        />
      )
    case 'done':
      return step.sent.kind === 'paid' ? (
        <PaidResult payment={step.sent.payment} onDone={() => leave({ kind: 'scan' })} />
      ) : (
        <NotTaken
          problem={step.sent.problem}
          payment={step.pending}
          onDone={() => leave({ kind: 'scan' })}
          onWorks={(yen) => leave({ kind: 'amount', code: step.code, yen })}
        />
      )
    default:
      return step satisfies never
  }
}
