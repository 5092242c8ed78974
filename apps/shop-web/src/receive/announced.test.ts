import { expect, test } from 'vitest'
import { announce, printedOn, type ShopPayment } from './announced.ts'

const AT = Date.parse('2027-02-14T12:00:00+09:00')
const payment = {
  redemptionId: '0-1',
  isPrinted: true,
  acceptedAt: new Date(AT).toISOString(),
  voidedYen: 0,
}

test('a payment at the printed code is told once', () => {
  expect(announce(payment, AT + 1_000)).toBe(true)
  expect(announce(payment, AT + 2_000)).toBe(false)
  expect(announce({ ...payment }, AT + 3_000)).toBe(false)
})

test('a second payment of the same moment is told too', () => {
  expect(announce({ ...payment, redemptionId: '0-2' }, AT + 1_000)).toBe(true)
})

test.each([
  ['of another till', { isPrinted: false }, AT],
  ['of a minute ago', {}, AT + 60_000],
  ['that was voided', { voidedYen: 800 }, AT],
] as const)('a payment %s is not told', (which, changes, now) => {
  expect(announce({ ...payment, redemptionId: which, ...changes }, now)).toBe(false)
})

test('what a till finds by asking is told with its words, and once however it was heard of', () => {
  const word = { picture: '🌸', ja: 'さくら', en: 'cherry', zh: '樱花', ko: '벚꽃' }
  const streamed: ShopPayment = {
    ...payment,
    redemptionId: '0-3',
    amountYen: 200,
    split: [],
    tillId: 'printed',
    tillName: '店のコード',
    words: [word, word],
  }
  const { words: _, ...atTill } = { ...streamed, redemptionId: '0-4', isPrinted: false }
  expect(printedOn({ payments: [streamed, atTill] })).toEqual([streamed])
  const heard = [streamed, ...printedOn({ payments: [streamed] })]
  expect(heard.filter((it) => announce(it, AT + 1_000))).toEqual([streamed])
})
