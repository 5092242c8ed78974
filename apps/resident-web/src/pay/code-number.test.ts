import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type CodeNumber, numberOf, stillReadOut, untilNumber } from './code-number.ts'
import { SHOWN_MS } from './code-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

type Asked = Awaited<ReturnType<Parameters<typeof untilNumber>[0]['ask']>>

const issued = {
  kind: 'answered',
  status: 201,
  value: { number: '123456789012' },
} as unknown as Asked
const refused = (code: string): Asked => ({
  kind: 'refused',
  problem: { code, status: 409, title: code, titleEn: code },
})

/** A code whose digits are asked for; each question is answered by the next of these. */
function asking(...answers: readonly (Asked | 'never')[]) {
  const told: CodeNumber['kind'][] = []
  const leaving = new AbortController()
  let times = 0
  const ask = (): Promise<Asked> => {
    const answer = answers[Math.min(times, answers.length - 1)] ?? 'never'
    times++
    return answer === 'never' ? new Promise(() => {}) : Promise.resolve(answer)
  }
  const onNumber = ({ kind }: CodeNumber) => void told.push(kind)
  void untilNumber({ ask, signal: leaving.signal, onNumber })
  return { told, times: () => times, leave: () => leaving.abort() }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('without a network there is no number, and one as soon as there is a network again', async () => {
  const { told } = asking({ kind: 'offline' }, issued)
  await pass(0)
  expect(told).toEqual(['missing'])
  await pass(1_000)
  expect(told).toEqual(['missing', 'issued'])
})

test('a number that does not come is said to be missing while the customer still stands there', async () => {
  const { told } = asking('never')
  await pass(3_999)
  expect(told).toEqual([])
  await pass(1)
  expect(told).toEqual(['missing'])
})

test('an answer that was lost is asked for again, ever less often', async () => {
  const { told, times } = asking({ kind: 'outcome_unknown' }, refused('busy'), issued)
  await pass(1_000)
  expect(times()).toBe(2)
  await pass(3_000)
  expect(told.at(-1)).toBe('issued')
  await pass(60_000)
  expect(times()).toBe(3)
})

test('what is refused for good is not asked for again', async () => {
  const { told, times } = asking(refused('device_revoked'))
  await pass(60_000)
  expect(told).toEqual(['missing'])
  expect(times()).toBe(1)
})

test('who leaves hears nothing more', async () => {
  const { told, leave } = asking('never')
  leave()
  await pass(60_000)
  expect(told).toEqual([])
})

const codeAt = (issuedAt: number) => ({ text: `${issuedAt}`, nonce: new Uint8Array(), issuedAt })
const numbered = (code: ReturnType<typeof codeAt>, number: string) =>
  ({ code, number: { kind: 'issued', number } }) as const

test('digits that are being read out when a new code is made stay until they pay no more', () => {
  const old = codeAt(0)
  const shown = codeAt(SHOWN_MS)
  const numbers = [numbered(old, '111111111111')]
  const asked = (now: number) => stillReadOut(numbers, { code: shown, now })
  expect(stillReadOut(numbers, { code: old, now: SHOWN_MS - 1 })).toBe(null)
  expect(asked(SHOWN_MS)).toBe('111111111111')
  // The digits of the new code come below them.
  numbers.push(numbered(shown, '222222222222'))
  expect(numberOf(numbers, shown)).toEqual({ kind: 'issued', number: '222222222222' })
  expect(asked(59_999)).toBe('111111111111')
  expect(asked(60_000)).toBe(null)
})

test('digits that never came are not read out', () => {
  const numbers = [{ code: codeAt(0), number: { kind: 'missing' } }] as const
  const shown = codeAt(SHOWN_MS)
  expect(stillReadOut(numbers, { code: shown, now: SHOWN_MS })).toBe(null)
  expect(numberOf(numbers, shown)).toEqual({ kind: 'asked' })
})
