import { expect, test } from 'vitest'
import { phoneName } from './phone-name.ts'

test.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)', 'iPhone'],
  ['Mozilla/5.0 (Linux; Android 16; Pixel 9)', 'Android'],
  ['Mozilla/5.0 (X11; Linux x86_64)', 'PC'],
  ['', 'スマホ'],
])('%s is called %s', (userAgent, name) => {
  expect(phoneName(userAgent)).toBe(name)
})
