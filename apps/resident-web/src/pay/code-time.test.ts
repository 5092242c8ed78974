import { CODE_MS } from '@minnaken/ui'
import { expect, test } from 'vitest'
import { bytesOf, grouped, hexOf, isDue, SHOWN_MS, shownForMs, stillAnswered } from './code-time.ts'

const code = { issuedAt: 1_000_000, hasPaid: false }

test('a code is renewed ten to fifteen seconds before its end', () => {
  expect(CODE_MS - SHOWN_MS).toBeGreaterThanOrEqual(10_000)
  expect(CODE_MS - SHOWN_MS).toBeLessThanOrEqual(15_000)
  expect(isDue(code, code.issuedAt)).toBe(false)
  expect(isDue(code, code.issuedAt + SHOWN_MS - 1)).toBe(false)
  expect(isDue(code, code.issuedAt + SHOWN_MS)).toBe(true)
})

test('a clock that was set back makes a new code', () => {
  expect(isDue(code, code.issuedAt - 3_000)).toBe(true)
  expect(isDue(code, code.issuedAt - 1_000)).toBe(false)
})

test('a code that has paid is shown no more, however young it is', () => {
  expect(isDue({ ...code, hasPaid: true }, code.issuedAt)).toBe(true)
})

test('the ring runs from full to nothing and no further', () => {
  expect(shownForMs(code, code.issuedAt)).toBe(SHOWN_MS)
  expect(shownForMs(code, code.issuedAt + 10_000)).toBe(SHOWN_MS - 10_000)
  expect(shownForMs(code, code.issuedAt + CODE_MS)).toBe(0)
  expect(shownForMs(code, code.issuedAt - 5_000)).toBe(SHOWN_MS)
})

test('a code that is no longer shown is still asked about for five minutes', () => {
  const codes = [{ issuedAt: 0 }, { issuedAt: 290_000 }]
  expect(stillAnswered(codes, 299_000)).toEqual(codes)
  expect(stillAnswered(codes, 300_000)).toEqual([{ issuedAt: 290_000 }])
})

test('bytes and hex are the same', () => {
  const bytes = Uint8Array.of(0, 15, 255)
  expect(hexOf(bytes)).toBe('000fff')
  expect(bytesOf('000fff')).toEqual(bytes)
})

test('digits are read out in groups', () => {
  expect(grouped('123456789012', 4)).toBe('1234 5678 9012')
  expect(grouped('123456789012345', 5)).toBe('12345 67890 12345')
})
