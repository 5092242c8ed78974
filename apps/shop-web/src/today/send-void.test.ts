import { storageOf } from '@minnaken/ui/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openVoid, sendVoid, untilVoided } from './send-void.ts'

const AT = Date.parse('2027-02-14T12:00:00+09:00')
const till = { tillId: 'till', token: 'TOKEN' }
const staff = { till, isOwner: false }
const owner = { till, isOwner: true }
const wish = { yen: 300, reason: '返品' }

const stored = new Map<string, string>()
let answers: (Response | 'lost')[] = []
/** Under which name and by whom each void was sent, and for how much. */
let sent: string[] = []

beforeEach(() => {
  stored.clear()
  answers = []
  sent = []
  vi.useFakeTimers({ now: AT })
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('localStorage', storageOf(stored))
  type Sent = Readonly<{ headers: Readonly<Record<string, string>>; body: string }>
  vi.stubGlobal('fetch', (_: string, { headers, body }: Sent) => {
    const { amountYen } = JSON.parse(body) as { amountYen?: number }
    const by = headers['authorization'] ?? 'owner'
    sent.push(`${headers['idempotency-key']} ${by} ${amountYen ?? 'all'}`)
    const answer = answers.shift() ?? 'lost'
    return answer === 'lost' ? Promise.reject(new Error('lost')) : Promise.resolve(answer)
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const voided = (amountYen = 300) => Response.json({ amountYen }, { status: 201 })
const no = (code: string) =>
  Response.json({ code, status: 409, title: 'いいえ', titleEn: 'No' }, { status: 409 })
const open = (voider = staff) => openVoid('0-1', { voider, now: Date.now() })

/** What comes of it, however long it is waited for. */
async function inTime<T>(coming: Promise<T>): Promise<T> {
  await vi.advanceTimersByTimeAsync(60_000)
  return coming
}

test('a void that was answered is forgotten, and the next is another', async () => {
  answers = [voided(), no('void_exceeds')]
  expect(await sendVoid('0-1', { wish, voider: staff })).toEqual({ kind: 'voided', yen: 300 })
  expect(await sendVoid('0-1', { wish, voider: staff })).toMatchObject({ kind: 'refused' })
  expect(open()).toBeNull()
  expect(new Set(sent).size).toBe(2)
})

test.each(['lost', 'internal'] as const)('a void is in doubt after: %s', async (what) => {
  answers = what === 'lost' ? [] : [no(what)]
  expect(await inTime(sendVoid('0-1', { wish, voider: staff }))).toMatchObject({ kind: 'in_doubt' })
  expect(open()).toMatchObject(wish)
})

test('a void in doubt is answered before another of that payment is sent', async () => {
  await inTime(sendVoid('0-1', { wish, voider: staff }))
  const before = new Set(sent)
  answers = [voided()]
  const another = { yen: null, reason: '二重' }
  expect(await sendVoid('0-1', { wish: another, voider: staff })).toEqual({
    kind: 'voided',
    yen: 300,
  })
  expect([before.size, new Set(sent)]).toEqual([1, before])
})

test('a void in doubt is asked about under one name until it is answered', async () => {
  await inTime(sendVoid('0-1', { wish, voider: staff }))
  const kept = open()
  if (kept === null) throw new Error('it is kept')
  answers = ['lost', no('internal'), no('forbidden'), no('idempotency_in_flight'), voided()]
  const { signal } = new AbortController()
  expect(await inTime(untilVoided(kept, { till, signal }))).toEqual({ kind: 'voided', yen: 300 })
  expect(new Set(sent).size).toBe(1)
  expect(open()).toBeNull()
})

test('it waits while somebody has to sign in', async () => {
  await inTime(sendVoid('0-1', { wish, voider: owner }))
  const kept = open(owner)
  if (kept === null) throw new Error('it is kept')
  answers = [no('sign_in_needed'), voided()]
  const { signal } = new AbortController()
  expect(await inTime(untilVoided(kept, { till, signal }))).toMatchObject({ kind: 'in_doubt' })
  expect(open(owner)).toEqual(kept)
})

test('the till asks about its own void by its token, and about the owner’s without', async () => {
  await inTime(sendVoid('0-1', { wish, voider: staff }))
  await inTime(sendVoid('0-1', { wish, voider: owner }))
  await inTime(sendVoid('0-2', { wish, voider: owner }))
  await inTime(sendVoid('0-2', { wish, voider: staff }))
  const bys = [...new Set(sent)].map((it) => it.split(' ').slice(1, -1).join(' '))
  expect(bys).toEqual(['Bearer TOKEN', 'owner'])
})

test('what another till asked for, or was asked a while ago, is never sent again', async () => {
  await inTime(sendVoid('0-1', { wish, voider: staff }))
  expect(open({ till: { tillId: 'another', token: 'T' }, isOwner: false })).toBeNull()
  expect(stored.size).toBe(0)
  await inTime(sendVoid('0-1', { wish, voider: staff }))
  vi.setSystemTime(AT + 30 * 60_000)
  expect(open()).toBeNull()
})
