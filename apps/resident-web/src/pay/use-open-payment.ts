import { useSyncExternalStore } from 'react'
import { onOpenPayment, openPayment } from './pending-payment.ts'

/** The payment in doubt that is asked about by itself; nobody begins another until it is known. */
export const useOpenPayment = () => useSyncExternalStore(onOpenPayment, openPayment)
