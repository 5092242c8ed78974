import { type Body, call, playRefusal, serverNow } from '@minnaken/ui'
import type { redeemBody } from '@minnaken/redemption/contract'
import { type Dispatch, useEffect, useReducer, useState } from 'react'
import type { Till } from '../till/till.ts'
import { forgetOnceSeen } from './forgetting.ts'
import { type Payment, type Send, type Settled, type Taken, settlePayment } from './payment.ts'
import { forgetPending, keepPending, readPending } from './pending.ts'
import { type Happened, type Receiving, received, start } from './receiving.ts'
import { rememberAmount } from './recent.ts'
import { tellPractised, tellTaken } from './tell-taken.ts'

type Asked = Readonly<{ till: Till; isPractice: boolean }>

/** What the till shows, and what leads on. Asks the service by itself, until there is an answer. */
export function useReceiving({ till, isPractice }: Asked): [Receiving, Dispatch<Happened>] {
  const [state, happen] = useReducer(received, start)
  const payment = state.kind === 'asking' ? state.payment : null

  useEffect(() => {
    // The clock of a result, and of the minutes in which staff may void, is the service's.
    void call({ path: '/v1/time' })
  }, [])

  useEffect(() => {
    if (isPractice) return
    void readPending(till.tillId, Date.now()).then((pending) => {
      if (pending !== null) happen({ kind: 'resumed', payment: pending })
    })
  }, [till.tillId, isPractice])

  useEffect(() => {
    if (payment === null) return undefined
    const leaving = new AbortController()
    const { signal } = leaving
    const onUnknown = () => happen({ kind: 'in_doubt', payment })
    const ask = isPractice ? askInPractice : askService
    void ask(payment, { till, signal, onUnknown }).then(
      (settled) => {
        happen({ kind: 'settled', payment, settled })
        if (settled.kind !== 'taken') playRefusal()
        else if (isPractice) tellPractised(settled.taken.amountYen)
        else tellTaken(settled.taken.amountYen)
      },
      (error: unknown) => {
        if (!signal.aborted) throw error
      },
    )
    return () => leaving.abort()
  }, [payment, till, isPractice])

  useForgetting(state.kind, isPractice)

  return [state, happen]
}

/** A till that practises keeps nothing, and forgets nothing. */
function useForgetting(kind: Receiving['kind'], isPractice: boolean): void {
  const [seen] = useState(() => forgetOnceSeen(() => void forgetPending()))
  useEffect(() => {
    if (!isPractice) seen.shows(kind)
  }, [seen, kind, isPractice])
  useEffect(() => seen.leaves, [seen])
}

/** The redemptions that this till has shown as taken, since the app was opened. */
const shown = new Set<string>()
const wasShown = (redemptionId: string): boolean => shown.has(redemptionId)

const serverTimeAt = (at: number): number => at + serverNow() - Date.now()

type Asking = Readonly<{ till: Till; signal: AbortSignal; onUnknown: () => void }>

async function askService(payment: Payment, { till, signal, onUnknown }: Asking): Promise<Settled> {
  await keepPending({ payment, tillId: till.tillId })
  const wait = (ms: number) => pause(ms, signal)
  const settled = await settlePayment(
    { send: sendAs(till.token, signal), wait, serverTimeAt, wasShown, onUnknown },
    payment,
  )
  if (settled.kind === 'taken') {
    shown.add(settled.taken.redemptionId)
    rememberAmount(settled.taken.amountYen)
  }
  return settled
}

/** Asks nobody: a till that practises has no way to the service. */
function askInPractice(payment: Payment, { signal, onUnknown }: Asking): Promise<Settled> {
  let times = 0
  const send: Send = async (it) => {
    const { answerInPractice } = await import('../practice/practice-payment.ts')
    await pause(PRACTICE_ANSWER_MS, signal)
    return answerInPractice(it, { times: times++, at: serverNow() })
  }
  const wait = (ms: number) => pause(ms, signal)
  return settlePayment({ send, wait, serverTimeAt, wasShown, onUnknown }, payment)
}

const PRACTICE_ANSWER_MS = 250

/** Asks the service once. The code is in the request, so that asking again is harmless. */
const sendAs =
  (token: string, signal: AbortSignal): Send =>
  async ({ code, yen }) => {
    const body: Body<typeof redeemBody> = { code, amountYen: yen }
    const answer = await call<Taken>({
      method: 'POST',
      path: '/v1/redemptions',
      token,
      body,
      isRepeatable: true,
      patienceMs: 0,
      signal,
    })
    // Which payment it is the service's clock decides: this till's may have been set right meanwhile.
    if (answer.kind === 'answered' && answer.value.replayed === true)
      await call({ path: '/v1/time', patienceMs: 0, signal })
    return answer
  }

/** Waits, but not longer than until the network is back. Throws when the screen is left. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      signal.removeEventListener('abort', end)
      if (signal.aborted) reject(signal.reason as Error)
      else resolve()
    }
    const timer = setTimeout(end, ms)
    addEventListener('online', end)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
