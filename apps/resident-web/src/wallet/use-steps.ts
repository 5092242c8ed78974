import { type Failure, failureOf, serverNow } from '@minnaken/ui'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import {
  applicationAnswer,
  campaignsAnswer,
  deviceAnswer,
  ordersAnswer,
  resultAnswer,
  walletAnswer,
} from '../answers.ts'
import { hasPendingPayment } from '../pay/pending-payment.ts'
import { nextSteps, type NextStep, type Own } from './next-step.ts'
import { nameOf, stepsToShow } from './shown-steps.ts'

type Steps = Readonly<{
  /** What there is to do next, as it is shown; null while that is waited for. */
  steps: readonly NextStep[] | null
  /** Why not everything is known, and how to ask again for what is missing. */
  gap: Readonly<{ failure: Failure; retry: () => void }> | null
}>

/** What there is to do next. An answer that is kept from earlier counts until the new one is there. */
export function useSteps(): Steps {
  const facts = useFacts()
  const isPatient = usePatience()
  const [shown, setShown] = useState<readonly string[]>([])
  const steps = stepsToShow({ ...facts, shown, isPatient })
  const names = steps?.map(nameOf) ?? []
  if (names.join('\n') !== shown.join('\n')) setShown(names)
  return { steps, gap: facts.gap }
}

function useFacts() {
  const campaigns = useQuery(campaignsAnswer)
  const orders = useQuery(ordersAnswer)
  const wallet = useQuery(walletAnswer)
  const device = useQuery(deviceAnswer)
  const now = serverNow()
  // What was over long ago is asked about no more.
  const current = (campaigns.data ?? []).filter(
    ({ windows }) => now < Date.parse(windows.use.from) + PAST_MS,
  )
  const applications = useQueries({ queries: current.map(({ code }) => applicationAnswer(code)) })
  const results = useQueries({ queries: current.map(({ code }) => resultAnswer(code)) })
  const own = new Map<string, Own>()
  current.forEach(({ code }, at) => {
    const application = applications[at]?.data
    if (application !== undefined) own.set(code, { application, result: results[at]?.data ?? null })
  })
  const answers = [campaigns, orders, wallet, ...applications, ...results]
  const missing = answers.filter(({ data, error }) => data === undefined && error !== null)
  const retry = () => missing.forEach(({ refetch }) => void refetch())
  return {
    steps: nextSteps({
      now,
      campaigns: current,
      ownOf: (code) => own.get(code),
      orders: orders.data ?? [],
      wallet: wallet.data,
      hasDevice: device.data !== null,
      hasOpenPayment: hasPendingPayment(),
    }),
    isAllKnown: [...answers, device].every(({ isPending }) => !isPending),
    gap: missing[0] === undefined ? null : { failure: failureOf(missing[0].error), retry },
  }
}

const PAST_MS = 45 * 86_400_000

/** So long whoever looks waits for the order to be right; then what is known is better than nothing. */
const PATIENCE_MS = 2_500

function usePatience(): boolean {
  const [isPatient, setIsPatient] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setIsPatient(false), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  return isPatient
}
