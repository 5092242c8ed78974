import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('the example of RFC 8785 §3.2.2 comes out as printed there', () => {
  const value = JSON.parse(
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
      '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
  )
  expect(canonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
})

test('members are in the order of UTF-16 code units, as RFC 8785 §3.2.3 prints them', () => {
  const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6']
  const value = Object.fromEntries(names.map((name, at) => [name, at]))
  const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']
  const printed = sorted.map((name) => `${JSON.stringify(name)}:${names.indexOf(name)}`)
  expect(canonicalJson(value)).toBe(`{${printed.join(',')}}`)
})

test('the order in which members were written makes no difference', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: {} })).toBe('{"a":{},"b":[{"c":2,"d":1}]}')
  expect(canonicalJson({ a: {}, b: [{ c: 2, d: 1 }] })).toBe('{"a":{},"b":[{"c":2,"d":1}]}')
})

test('what has no canonical form throws', () => {
  expect(() => canonicalJson(Number.NaN)).toThrow('not a JSON number')
  expect(() => canonicalJson([Infinity])).toThrow('not a JSON number')
  expect(() => canonicalJson({ a: '\ud83d' })).toThrow('half a surrogate pair')
  expect(() => canonicalJson({ '\ude00': 1 })).toThrow('half a surrogate pair')
})
