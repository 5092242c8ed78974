import { storageOf } from '@minnaken/ui/testing'
import { beforeEach, expect, test, vi } from 'vitest'
import { SHOWN_MS } from './code-time.ts'

const stored = new Map<string, string>()

beforeEach(() => {
  stored.clear()
  vi.stubGlobal('sessionStorage', storageOf(stored))
  return () => vi.unstubAllGlobals()
})

/** The page, loaded anew: nothing is in its memory. */
async function newPage() {
  vi.resetModules()
  return import('./shown-of-late.ts')
}

const start = 1_000_000_000

/** The code of Hana's phone that is shown `at` milliseconds after the first, and its nonce in hex. */
const code = (at: number) => ({
  text: `CODE ${at}`,
  nonce: new Uint8Array(new Uint32Array([at]).buffer),
  issuedAt: start + at,
})
const hex = (at: number) => Buffer.from(code(at).nonce).toString('hex')

const hana = (at: number) => ({ deviceId: 'phone-of-hana', now: start + at })
const jiro = (at: number) => ({ deviceId: 'phone-of-jiro', now: start + at })

const wordsAt = (page: Awaited<ReturnType<typeof newPage>>, at: number) =>
  page.maybeTaken(hana(at)).map(({ issuedAt }) => issuedAt - start)

test('a code that was scanned in its last second is among those whose words are shown', async () => {
  const page = await newPage()
  page.addShown(code(0), hana(0))
  expect(wordsAt(page, 40_000)).toEqual([0])
  // The till takes it; without a network the phone renews it all the same.
  page.addShown(code(SHOWN_MS), hana(SHOWN_MS))
  expect(wordsAt(page, SHOWN_MS + 5_000)).toEqual([SHOWN_MS, 0])
  page.addShown(code(2 * SHOWN_MS), hana(2 * SHOWN_MS))
  expect(wordsAt(page, 119_000)).toEqual([2 * SHOWN_MS, SHOWN_MS, 0])
  expect(wordsAt(page, 120_000)).toEqual([2 * SHOWN_MS, SHOWN_MS])
})

test('a code whose payment was heard of here is not among them', async () => {
  const page = await newPage()
  page.addShown(code(0), hana(0))
  page.addShown(code(9_000), hana(9_000))
  page.hearPaid(hex(0), hana(10_000))
  expect(wordsAt(page, 10_000)).toEqual([9_000])
})

test('a payment of a code is told that was shown before a reload', async () => {
  const before = await newPage()
  before.addShown(code(0), hana(0))
  const after = await newPage()
  after.addShown(code(30_000), hana(30_000))
  expect(after.hearPaid(hex(0), hana(31_000))).toBe(true)
  expect(after.hearPaid(hex(0), hana(32_000))).toBe(false)
  expect(after.hasPaid(code(0))).toBe(true)
  expect(after.hasPaid(code(30_000))).toBe(false)
})

test.each([
  ['told and not seen', 'told again', false, true],
  ['seen', 'not told again', true, false],
])('what was %s is %s after a reload', async (_, __, isSeen, isTold) => {
  const before = await newPage()
  before.addShown(code(0), hana(0))
  before.hearPaid(hex(0), hana(1_000))
  if (isSeen) before.sawPaid(hex(0))
  const after = await newPage()
  expect(after.hearPaid(hex(0), hana(2_000))).toBe(isTold)
})

test('a payment by no code of this window is not told, nor one of five minutes ago', async () => {
  const page = await newPage()
  page.addShown(code(0), hana(0))
  expect(page.hearPaid(hex(1), hana(1_000))).toBe(false)
  expect(page.hearPaid(hex(0), hana(300_000))).toBe(false)
})

test('another phone has shown none of these codes, in memory or kept', async () => {
  const page = await newPage()
  page.addShown(code(0), hana(0))
  for (const it of [page, await newPage()]) {
    expect(it.shownOfLate(jiro(1_000))).toEqual([])
    expect(it.maybeTaken(jiro(1_000))).toEqual([])
    expect(it.hearPaid(hex(0), jiro(1_000))).toBe(false)
  }
  page.addShown(code(5_000), jiro(5_000))
  expect(stored.get('minnaken.shown')).not.toContain('phone-of-hana')
})

test('a browser that keeps nothing knows its codes until the page is closed', async () => {
  vi.stubGlobal('sessionStorage', undefined)
  const page = await newPage()
  page.addShown(code(0), hana(0))
  expect(page.hearPaid(hex(0), hana(1_000))).toBe(true)
})
