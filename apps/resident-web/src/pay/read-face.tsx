import { type Device } from '@minnaken/ui'
import { useState } from 'react'
import { AmountStep } from './amount-step.tsx'
import { ConfirmStep } from './confirm-step.tsx'
import { NotTaken } from './not-taken.tsx'
import { PaidResult } from './paid-result.tsx'
import type { PendingPayment } from './pending-payment.ts'
import type { Preview } from './preview.ts'
import { Resolving } from './resolving.tsx'
import { ScanStep } from './scan-step.tsx'
import type { Sent } from './send-payment.ts'
import type { ShopCard } from './shop-card.tsx'

type Step =
  | Readonly<{ kind: 'scan' }>
  | Readonly<{ kind: 'amount'; code: string; yen: number }>
  | Readonly<{ kind: 'confirm'; code: string; shop: ShopCard; preview: Preview }>
  | Readonly<{
      kind: 'done'
      sent: Extract<Sent, { kind: 'paid' | 'refused' }>
      shopName: string
    }>
  | Readonly<{ kind: 'unknown'; pending: PendingPayment }>

/** This phone reads the shop: code, amount, the split before anything is signed, and the result. */
export function ReadFace({
  device,
  shopCode,
}: Readonly<{ device: Device; shopCode: string | undefined }>) {
  const [step, setStep] = useState<Step>(
    shopCode === undefined ? { kind: 'scan' } : { kind: 'amount', code: shopCode, yen: 0 },
  )
  const again = () => setStep({ kind: 'scan' })
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
          onUnknown={(pending) => setStep({ kind: 'unknown', pending })}
        />
      )
    case 'unknown':
      return <Resolving payment={step.pending} onDone={again} />
    case 'done':
      return step.sent.kind === 'paid' ? (
        <PaidResult payment={step.sent.payment} onDone={again} />
      ) : (
        <NotTaken problem={step.sent.problem} shopName={step.shopName} onDone={again} />
      )
    default:
      return step satisfies never
  }
}
