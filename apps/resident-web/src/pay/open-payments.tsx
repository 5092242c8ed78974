import { lazy, Suspense } from 'react'
import { useOpenPayment } from './use-open-payment.ts'

const OpenPayment = lazy(async () => ({
  default: (await import('./open-payment.tsx')).OpenPayment,
}))

/** Whatever payment is in doubt, wherever in the app one is. */
export function OpenPayments() {
  const payment = useOpenPayment()
  return (
    payment !== null && (
      <Suspense>
        <OpenPayment key={payment.payment} payment={payment} />
      </Suspense>
    )
  )
}
