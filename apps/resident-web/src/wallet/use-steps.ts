import { serverNow } from '@minnaken/ui'
import { useQueries, useQuery } from '@tanstack/react-query'
import {
  applicationAnswer,
  campaignsAnswer,
  deviceAnswer,
  ordersAnswer,
  resultAnswer,
  walletAnswer,
} from '../answers.ts'
import { hasPendingPayment } from '../pay/pending-payment.ts'
import { type NextStep, nextSteps, type Own } from './next-step.ts'

/** What there is to do next; shorter while some of it is not known yet. */
export function useSteps(): readonly NextStep[] {
  const campaigns = useQuery(campaignsAnswer).data ?? []
  const orders = useQuery(ordersAnswer).data ?? []
  const wallet = useQuery(walletAnswer).data
  const device = useQuery(deviceAnswer).data
  const now = serverNow()
  // What was over long ago is asked about no more.
  const current = campaigns.filter(({ windows }) => now < Date.parse(windows.use.from) + PAST_MS)
  const applications = useQueries({ queries: current.map(({ code }) => applicationAnswer(code)) })
  const results = useQueries({ queries: current.map(({ code }) => resultAnswer(code)) })
  const own = new Map<string, Own>()
  current.forEach(({ code }, at) => {
    const application = applications[at]?.data
    if (application !== undefined) own.set(code, { application, result: results[at]?.data ?? null })
  })
  return nextSteps({
    now,
    campaigns: current,
    ownOf: (code) => own.get(code),
    orders,
    wallet,
    hasDevice: device !== null,
    hasOpenPayment: hasPendingPayment(),
  })
}

const PAST_MS = 45 * 86_400_000
