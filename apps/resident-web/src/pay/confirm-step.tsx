import {
  allowSound,
  Amount,
  beginsStep,
  Button,
  type Device,
  type Failure,
  Notice,
  playSuccess,
  useFormat,
} from '@minnaken/ui'
import { useId, useState } from 'react'
import { Failed } from '../asked.tsx'
import { useWords } from '../words.ts'
import { hasPendingPayment, type PendingPayment } from './pending-payment.ts'
import type { Preview } from './preview.ts'
import { sendPayment, type Sent, signAgreed } from './send-payment.ts'
import type { ShopCard } from './shop-card.tsx'
import { Split } from './split.tsx'

type Props = Readonly<{
  device: Device
  shop: ShopCard
  preview: Preview
  onBack: () => void
  onSent: (sent: Extract<Sent, { kind: 'paid' | 'refused' }>, pending: PendingPayment) => void
  /** A payment is in doubt: this one, or one of another window. */
  onUnknown: () => void
}>

/** The last look: shop, amount and from which vouchers. The button says the amount. */
export function ConfirmStep({ device, shop, preview, onBack, onSent, onUnknown }: Props) {
  const { w } = useWords()
  const f = useFormat()
  const id = useId()
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [notProved, setNotProved] = useState(false)
  const { amountYen, split, confirmationNeeded } = preview
  const pay = async () => {
    allowSound()
    if (hasPendingPayment()) return onUnknown()
    setIsBusy(true)
    setFailure(null)
    setNotProved(false)
    const { shopNo, name: shopName } = shop
    const signed = await signAgreed(device, { shopNo, shopName, amountYen, confirmationNeeded })
    if (signed.kind !== 'signed') {
      setIsBusy(false)
      return setNotProved(true)
    }
    const sent = await sendPayment(signed.pending)
    setIsBusy(false)
    if (sent.kind === 'outcome_unknown') return onUnknown()
    if (sent.kind === 'offline') return setFailure(sent)
    if (sent.kind === 'paid') playSuccess()
    return onSent(sent, signed.pending)
  }
  return (
    <div className="flex flex-1 flex-col items-center gap-4 text-center">
      <h2
        ref={beginsStep}
        tabIndex={-1}
        lang="ja"
        aria-describedby={id}
        className="text-xl font-bold shadow-none outline-none"
      >
        {shop.name}
      </h2>
      <div id={id} className="flex flex-col items-center gap-4">
        <Amount yen={amountYen} size="largest" />
        <Split split={split} />
      </div>
      {confirmationNeeded && <Notice title={w('confirm.needed')} />}
      {notProved && <Notice isAnswer kind="warning" title={w('confirm.not_proved')} />}
      {failure !== null && <Failed failure={failure} onRetry={() => void pay()} />}
      <div className="mt-auto flex w-full flex-col gap-3">
        <Button isWide isBusy={isBusy} onClick={() => void pay()}>
          {w('confirm.pay', { yen: f.yen(amountYen) })}
        </Button>
        <Button kind="quiet" onClick={onBack}>
          {w('confirm.change')}
        </Button>
      </div>
    </div>
  )
}
