import { expect, test } from 'vitest'
import { isDerSignature } from './der-signature.ts'

test.each([
  ['two small numbers', '3006020101020101', true],
  ['a number whose first bit is set keeps a leading zero', '300702020080020101', true],
  ['a leading zero too many', '300702020001020101', false],
  ['a negative number', '3006020181020101', false],
  ['an empty number', '30050200020101', false],
  ['another tag for the pair', 'a006020101020101', false],
  ['another tag for a number', '3006030101020101', false],
  ['a length in its long form', '308106020101020101', false],
  ['bytes after the pair', '300602010102010100', false],
  ['one number only', '3003020101', false],
  ['a number that goes on beyond the end', '3006020101020201', false],
  ['nothing', '', false],
])('%s (%s): %s', (_why, hex, is) => {
  expect(isDerSignature(Buffer.from(hex, 'hex'))).toBe(is)
})
