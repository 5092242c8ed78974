import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetPending, keepPending, type PendingPayment } from './pending-payment.ts'
import { untilKnown } from './until-known.ts'

const pending: PendingPayment = {
  payment: 'SIGNED',
  nonce: '00',
  shopNo: '100234',
  shopName: 'みらい商店',
  amountYen: 800,
}

let answers: (Response | 'lost')[] = []
let asked: string[] = []

beforeEach(() => {
  answers = []
  asked = []
  vi.useFakeTimers()
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('fetch', (_: string, { body }: Readonly<{ body: string }>) => {
    asked.push(body)
    const answer = answers.shift() ?? 'lost'
    return answer === 'lost' ? Promise.reject(new Error('lost')) : Promise.resolve(answer)
  })
  keepPending(pending)
})
afterEach(() => {
  forgetPending(pending)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const no = (code: string) =>
  Response.json({ code, status: 409, title: 'いいえ', titleEn: 'No' }, { status: 409 })

test('a payment in doubt is asked about by the very same request until there is a yes', async () => {
  answers = ['lost', no('internal'), no('forbidden'), 'lost']
  answers.push(Response.json({ amountYen: 800 }, { status: 201 }))
  const known = untilKnown(pending, new AbortController().signal)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await known).toMatchObject({ kind: 'paid' })
  expect(new Set(asked).size).toBe(1)
})

test('a service that asks who it is ends asking, and nothing is said of the payment', async () => {
  answers = [no('sign_in_needed')]
  expect(await untilKnown(pending, new AbortController().signal)).toEqual({
    kind: 'sign_in_needed',
  })
})

test('what was seen in another window is asked about no more', async () => {
  answers = [no('internal'), no('code_expired')]
  const known = untilKnown(pending, new AbortController().signal)
  forgetPending(pending)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await known).toBeNull()
  expect(asked).toHaveLength(1)
})
