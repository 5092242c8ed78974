import { type Device } from '@minnaken/ui'
import { useEffect, useState } from 'react'
import { AmountStep } from './amount-step.tsx'
import { ConfirmStep } from './confirm-step.tsx'
import { NotTaken } from './not-taken.tsx'
import { PaidResult } from './paid-result.tsx'
import { forgetPending, type PendingPayment } from './pending-payment.ts'
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
      shopName: string
    }>

/** This phone reads the shop: code, amount, the split before anything is signed, and the result. */
export function ReadFace({
  device,
  shopCode,
  onUnknown,
}: Readonly<{
  device: Device
  shopCode: string | undefined
  /** A payment was sent, and nobody knows what became of it. */
  onUnknown: (pending: PendingPayment) => void
}>) {
  const [step, setStep] = useState<Step>(
    shopCode === undefined ? { kind: 'scan' } : { kind: 'amount', code: shopCode, yen: 0 },
  )
  const again = () => setStep({ kind: 'scan' })
  const isDone = step.kind === 'done'
  useEffect(() => (isDone ? whenSeen(document, forgetPending) : undefined), [isDone])
  const done = () => {
    forgetPending()
    again()
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
          onSent={(sent) => setStep({ kind: 'done', sent, shopName: step.shop.name })}
          onUnknown={onUnknown}
        />
      )
    case 'done':
      return step.sent.kind === 'paid' ? (
        <PaidResult payment={step.sent.payment} onDone={done} />
      ) : (
        <NotTaken problem={step.sent.problem} shopName={step.shopName} onDone={done} />
      )
    default:
      return step satisfies never
  }
}
