import { storageOf } from '@minnaken/ui/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type PendingPayment, readPending } from './pending-payment.ts'
import { resolvePayment, sendPayment } from './send-payment.ts'

const pending: PendingPayment = {
  payment: 'SIGNED',
  nonce: '00',
  shopNo: '100234',
  shopName: 'みらい商店',
  amountYen: 800,
}

let answers: Response[] = []
const stored = new Map<string, string>()

beforeEach(() => {
  answers = []
  stored.clear()
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('localStorage', storageOf(stored))
  vi.stubGlobal('fetch', () => {
    const answer = answers.shift()
    return answer === undefined ? Promise.reject(new Error('no more')) : Promise.resolve(answer)
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const paid = () => Response.json({ amountYen: 800 }, { status: 201 })
const no = (code: string, status = 409, more: object = {}) =>
  Response.json({ code, status, title: 'いいえ', titleEn: 'No', ...more }, { status })
const { signal } = new AbortController()

test.each(['balance_too_small', 'code_expired', 'shop_suspended', 'wallet_stopped'])(
  '%s settles that nothing was taken',
  async (code) => {
    answers = [no(code)]
    expect(await resolvePayment(pending, signal)).toMatchObject({ kind: 'refused' })
  },
)

test('a service that is busy or wants a new session has said nothing about the payment', async () => {
  for (const code of ['busy', 'internal', 'too_many_requests', 'forbidden']) {
    answers = [no(code)]
    expect(await resolvePayment(pending, signal)).toEqual({ kind: 'outcome_unknown' })
  }
  answers = [no('sign_in_needed')]
  expect(await resolvePayment(pending, signal)).toEqual({ kind: 'sign_in_needed' })
})

test('nor has one that cannot be reached, however long', async () => {
  vi.useFakeTimers()
  answers = Array.from({ length: 40 }, () => no('service_unreachable', 503, { retryable: true }))
  const resolving = resolvePayment(pending, signal)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await resolving).toEqual({ kind: 'outcome_unknown' })
})

test('a payment that was taken is kept until that was seen, whoever asked', async () => {
  answers = [paid()]
  expect(await sendPayment(pending)).toMatchObject({ kind: 'paid' })
  expect(readPending()).toEqual(pending)
  answers = [paid()]
  expect(await resolvePayment(pending, signal)).toMatchObject({ kind: 'paid' })
  expect(readPending()).toEqual(pending)
})

test('that one in doubt was not taken is kept until it was seen too', async () => {
  answers = [no('internal', 500), no('code_expired')]
  await sendPayment(pending)
  expect(await resolvePayment(pending, signal)).toMatchObject({ kind: 'refused' })
  expect(readPending()).toEqual(pending)
})

test('where nothing was taken at once there is nothing to find out later', async () => {
  answers = [no('balance_too_small')]
  expect(await sendPayment(pending)).toMatchObject({ kind: 'refused' })
  expect(readPending()).toBeNull()
})

test('a fault of the service says nothing about the money', async () => {
  answers = [no('internal', 500)]
  expect(await sendPayment(pending)).toEqual({ kind: 'outcome_unknown' })
  expect(readPending()).toEqual(pending)
})
