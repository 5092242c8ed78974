import { storageOf } from '@minnaken/ui/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { askAbout, placeOrder, untilAnswered, waitsForPerson } from './place-order.ts'
import { keepWish, openWish, type Wish } from './wish.ts'

const wish: Wish = {
  campaign: 'AKI',
  sale: 'second_sale',
  units: 2,
  method: 'card',
  card: 'tok_ok',
}

const stored = new Map<string, string>()
let answers: (Response | 'lost')[] = []
/** The names under which wishes were sent, with how many units. */
let sent: string[] = []

beforeEach(() => {
  stored.clear()
  answers = []
  sent = []
  vi.useFakeTimers()
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('localStorage', storageOf(stored))
  type Sent = Readonly<{ headers: Readonly<Record<string, string>>; body: string }>
  vi.stubGlobal('fetch', (_: string, { headers, body }: Sent) => {
    const { units } = JSON.parse(body) as { units: number }
    sent.push(`${headers['idempotency-key']} ${units}`)
    const answer = answers.shift() ?? 'lost'
    return answer === 'lost' ? Promise.reject(new Error('lost')) : Promise.resolve(answer)
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const placed = (orderId = 'o1') => Response.json({ orderId, units: 2, unitsWanted: 2 })
const no = (code: string, more: object = {}) =>
  Response.json({ code, status: 409, title: 'いいえ', titleEn: 'No', ...more }, { status: 409 })
const open = () => openWish(wish, Date.now())

/** What comes of it, however long it is waited for. */
async function inTime<T>(coming: Promise<T>): Promise<T> {
  await vi.advanceTimersByTimeAsync(120_000)
  return coming
}

test('a wish that was answered is forgotten, and the next is another order', async () => {
  answers = [placed(), no('sold_out')]
  expect(await placeOrder(wish)).toMatchObject({ kind: 'placed', order: { orderId: 'o1' } })
  expect(open()).toBeNull()
  expect(await placeOrder(wish)).toMatchObject({ kind: 'refused' })
  expect(open()).toBeNull()
  expect(new Set(sent).size).toBe(2)
})

test('what never left the phone is no wish in doubt', async () => {
  vi.stubGlobal('navigator', { onLine: false })
  expect(await inTime(placeOrder(wish))).toMatchObject({ kind: 'refused' })
  expect(open()).toBeNull()
})

test.each(['lost', 'internal'] as const)('a wish is in doubt after: %s', async (what) => {
  answers = what === 'lost' ? [] : [no(what)]
  expect(await inTime(placeOrder(wish))).toMatchObject({ kind: 'in_doubt' })
  expect(open()).not.toBeNull()
})

test.each([
  'busy',
  'forbidden',
  'idempotency_in_flight',
  'internal',
  'service_unreachable',
  'sign_in_needed',
  'ticket_expired',
  'too_many_requests',
  'waiting_room',
])('%s is no answer to a wish in doubt: it keeps its name', async (code) => {
  const kept = keepWish(wish, Date.now())
  answers = Array.from({ length: 40 }, () => no(code))
  expect(await inTime(askAbout(kept))).toMatchObject({ kind: 'in_doubt', wish: kept })
  expect(open()).toEqual(kept)
})

test('a wish in doubt is answered before another is sent', async () => {
  keepWish(wish, Date.now())
  answers = [placed('before')]
  expect(await placeOrder({ ...wish, units: 5 })).toMatchObject({ order: { orderId: 'before' } })
  expect(sent.map((it) => it.split(' ')[1])).toEqual(['2'])
  expect(open()).toBeNull()
})

test('a wish in doubt is asked about under one name until it is answered', async () => {
  const kept = keepWish(wish, Date.now())
  answers = [...Array.from({ length: 20 }, () => 'lost' as const), no('internal'), placed()]
  const answered = untilAnswered(kept, new AbortController().signal)
  expect(await inTime(answered)).toMatchObject({ kind: 'placed' })
  expect(new Set(sent)).toEqual(new Set([`${kept.id} 2`]))
})

test('it is not asked about while a person has to sign in or to wait in line', async () => {
  for (const code of ['sign_in_needed', 'waiting_room', 'ticket_expired']) {
    const kept = keepWish(wish, Date.now())
    answers = [no(code), placed()]
    const bought = await inTime(untilAnswered(kept, new AbortController().signal))
    expect(bought).toMatchObject({ kind: 'in_doubt', failure: { problem: { code } } })
    expect(bought.kind === 'in_doubt' && waitsForPerson(bought.failure)).toBe(true)
  }
})

test('whoever left asks about it no more', async () => {
  const leaving = new AbortController()
  const asking = untilAnswered(keepWish(wish, Date.now()), leaving.signal).catch(String)
  leaving.abort()
  expect(await inTime(asking)).toMatch(/abort/i)
  expect(sent.length).toBeLessThan(2)
})
