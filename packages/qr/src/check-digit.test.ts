import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDigitOf, endsInCheckDigit } from './check-digit.ts'
import { isPaymentNumber, paymentNumberOf } from './payment-number.ts'

const digits = fc.stringMatching(/^\d{1,14}$/)

test('the published example of Damm: 572 is followed by 4', () => {
  expect(checkDigitOf('572')).toBe('4')
  expect(endsInCheckDigit('5724')).toBe(true)
})

test('one wrong digit is always noticed', () => {
  fc.assert(
    fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (number, place, change) => {
      const whole = number + checkDigitOf(number)
      const at = place % whole.length
      const wrong = String((Number(whole.charAt(at)) + change) % 10)
      expect(endsInCheckDigit(whole.slice(0, at) + wrong + whole.slice(at + 1))).toBe(false)
    }),
  )
})

test('two neighbours in the wrong order are always noticed', () => {
  fc.assert(
    fc.property(digits, fc.nat(), (number, place) => {
      const whole = number + checkDigitOf(number)
      const at = place % (whole.length - 1)
      const [first = '', second = ''] = whole.slice(at, at + 2)
      fc.pre(first !== second)
      const swapped = whole.slice(0, at) + second + first + whole.slice(at + 2)
      expect(endsInCheckDigit(swapped)).toBe(false)
    }),
  )
})

test('a payment number has twelve digits whatever the random bytes are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (random) => {
      expect(paymentNumberOf(random)).toMatch(/^\d{12}$/)
      expect(isPaymentNumber(paymentNumberOf(random))).toBe(true)
    }),
  )
  expect(paymentNumberOf(new Uint8Array(8))).toBe('000000000000')
})

test.each(['', '1', '00000000000', '0000000000000', '00000000000a', '000000000001'])(
  '"%s" is no payment number',
  (text) => {
    expect(isPaymentNumber(text)).toBe(false)
  },
)
