import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type Instant, yen } from '@minnaken/domain'
import type { Seeded } from './seeded.ts'
import type { Signed, ToSign } from './codes-worker.ts'

/**
 * One payment that will be asked for: from which wallet, at which till, over how much. Either the
 * till sends it, having read the phone's code, or the payer, having read the code of the till's shop.
 */
export type Plan = Readonly<{
  by: 'till' | 'payer'
  wallet: number
  till: number
  yen: number
  issuedAt: Instant
}>

/** The same with what the phone signed: a code to show, or a payment to send. */
export type Payment = Plan & Readonly<{ code: string }>

/** The form of a run's requests: each may be left to the usual. */
export type PlanOptions = Readonly<{
  count: number
  /** When the first is sent. */
  startAt: Instant
  /** How many are sent in a second; leave it out where all are sent at once. */
  perSecond?: number
  /** How long after the first each is sent, in ms, where that is not one steady rate. */
  sentAfterMs?: (place: number) => number
  wallet?: (place: number) => number
  till?: (place: number) => number
  yen?: (place: number) => number
  by?: (place: number) => Plan['by']
}>

/**
 * Plans requests: wallets and tills evenly in an order without pattern, small amounts, and each
 * code issued at the second in which it will be shown, since it lives a minute.
 */
export function planPayments(seeded: Seeded, options: PlanOptions): Plan[] {
  const { count, startAt, perSecond } = options
  const wallet = options.wallet ?? ((place) => (place * 7_919) % seeded.wallets.length)
  const till = options.till ?? ((place) => (place * 104_729) % seeded.tills.length)
  const yenOf = options.yen ?? ((place) => 10 + ((place * 37) % 20))
  const by = options.by ?? (() => 'till')
  const sentAfterMs =
    options.sentAfterMs ?? ((place) => (perSecond === undefined ? 0 : (place / perSecond) * 1_000))
  return Array.from({ length: count }, (_, place) => ({
    by: by(place),
    wallet: wallet(place),
    till: till(place),
    yen: yenOf(place),
    issuedAt: startAt + sentAfterMs(place),
  }))
}

const CHUNK = 500

/** Signs the codes of a plan on all cores: about ten thousand a second on each. */
export async function signPayments(seeded: Seeded, plans: readonly Plan[]): Promise<Payment[]> {
  const codes: string[] = Array.from({ length: plans.length }, () => '')
  let next = 0
  const work = async (worker: Worker): Promise<void> => {
    while (next < plans.length) {
      const from = next
      next += CHUNK
      const nonces = randomBytes(16 * CHUNK)
      const codesToSign = plans.slice(from, from + CHUNK).map((plan, place) => {
        const wallet = seeded.wallets[plan.wallet]
        const till = seeded.tills[plan.till]
        if (wallet === undefined || till === undefined)
          throw new Error(`there is no wallet ${plan.wallet} or no till ${plan.till}`)
        return {
          ...(plan.by === 'payer' ? { shopNo: till.shopNo, amount: yen(plan.yen) } : {}),
          key: wallet.key,
          deviceId: wallet.deviceId,
          issuedAt: Math.floor(plan.issuedAt / 1_000),
          nonce: nonces.subarray(place * 16, place * 16 + 16),
        }
      })
      worker.postMessage({ codes: codesToSign } satisfies ToSign, [])
      const [signed] = (await once(worker, 'message')) as [Signed]
      signed.codes.forEach((code, place) => {
        codes[from + place] = code
      })
    }
  }
  const workers = Array.from(
    { length: Math.min(availableParallelism(), Math.ceil(plans.length / CHUNK)) },
    () =>
      new Worker(new URL('codes-worker.ts', import.meta.url), {
        workerData: { keys: seeded.keys.map(({ privateJwk }) => privateJwk) },
      }),
  )
  try {
    await Promise.all(workers.map(work))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return plans.map((plan, place) => ({ ...plan, code: codes[place] ?? '' }))
}
