import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readStrictJson } from './strict-json.ts'

const read = (text: string) => readStrictJson(new TextEncoder().encode(text))

const faultOf = (text: string) => {
  const json = read(text)
  return json.kind === 'read'
    ? 'read'
    : [json.code, json.faults[0]?.rule ?? null, json.faults[0]?.field ?? null].join(' ')
}

describe('a number is written in digits only', () => {
  const tenDigits = '9999999999'
  test.each(['0', '1', '100', tenDigits])('%s is read', (number) => {
    expect(read(`{"amountYen":${number}}`)).toEqual({
      kind: 'read',
      value: { amountYen: Number(number) },
    })
  })

  test.each([
    ['1e2', 'an exponent'],
    ['1E2', 'an exponent'],
    ['1e-2', 'an exponent'],
    ['1e400', 'an exponent that overflows'],
    ['-0', 'a sign'],
    ['-1', 'a sign'],
    ['1.0', 'a fraction'],
    ['0.1', 'a fraction'],
    ['10000000000', 'eleven digits'],
    ['9007199254740993', '2^53 + 1'],
  ])('%s is refused: %s', (number) => {
    expect(faultOf(`{"amountYen":${number}}`)).toBe('invalid_field digits_only amountYen')
    expect(faultOf(`{"lots":[{"yen":1},{"yen":${number}}]}`)).toBe(
      'invalid_field digits_only lots.1.yen',
    )
    expect(faultOf(number)).toBe('invalid_field digits_only body')
  })

  test.each(['00', '01', '+1', '.5', '1.', '0x10', 'NaN', 'Infinity', '1_000', '１００'])(
    '%s is no JSON',
    (number) => {
      expect(faultOf(`{"amountYen":${number}}`)).toBe('malformed_json  ')
    },
  )

  test('digits inside text are text', () => {
    expect(faultOf('{"memo":"-1e5 [1.5, {"}')).toBe('read')
  })
})

describe('a key stands once in its object', () => {
  test.each([
    ['{"a":1,"a":2}', 'duplicate_key given_once a'],
    ['{"a":1,"a":1}', 'duplicate_key given_once a'],
    ['{"a":{"b":"x","b":"x"}}', 'duplicate_key given_once a.b'],
    ['{"a":[{"b":1},{"c":0,"b":1,"c":0}]}', 'duplicate_key given_once a.1.c'],
    ['{"a":1,"\\u0061":2}', 'duplicate_key given_once a'],
    ['{"":1,"":2}', 'duplicate_key given_once body'],
    ['{"a":{"x":1},"b":{},"a":[]}', 'duplicate_key given_once a'],
  ])('%s is refused', (text, fault) => {
    expect(faultOf(text)).toBe(fault)
  })

  test('the same key in two objects is fine', () => {
    expect(faultOf('{"a":{"a":1},"b":[{"a":1},{"a":1}],"constructor":1}')).toBe('read')
  })

  test('a key is not a prototype', () => {
    expect(faultOf('{"a":{"__proto__":{"isClerk":true}}}')).toBe(
      'unknown_field unknown_field a.__proto__',
    )
    expect(faultOf('{"\\u005f_proto__":1}')).toBe('unknown_field unknown_field __proto__')
  })
})

describe('text is Unicode without NUL', () => {
  test.each([
    ['{"memo":"\\u0000"}', 'invalid_field text memo'],
    ['{"memo":"a\\ud800"}', 'invalid_field text memo'],
    ['{"memo":"\\udc00\\ud800"}', 'invalid_field text memo'],
    ['{"\\u0000":1}', 'invalid_field text \u0000'],
    ['{"a\\ud800":1}', 'invalid_field text a\uFFFD'],
    ['{"memo":"\0"}', 'malformed_json  '],
  ])('%j is refused', (text, fault) => {
    expect(faultOf(text)).toBe(fault)
  })

  test('𠮷, ㈱ and escaped pairs are text', () => {
    expect(read('{"memo":"𠮷㈱\\ud83d\\ude00\\n"}')).toEqual({
      kind: 'read',
      value: { memo: '𠮷㈱😀\n' },
    })
  })

  test.each([
    ['a cut-off character', [0x22, 0xe3, 0x81, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['half a pair in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['Shift_JIS', [0x22, 0x82, 0xa0, 0x22]],
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x31]],
    ['UTF-16', [0x22, 0, 0x22, 0]],
  ])('%s is not UTF-8 JSON', (_, bytes) => {
    expect(readStrictJson(Uint8Array.from(bytes))).toMatchObject({ code: 'malformed_json' })
  })
})

describe('nesting', () => {
  test('32 levels are read and 33 are refused', () => {
    expect(faultOf('['.repeat(32) + ']'.repeat(32))).toBe('read')
    expect(faultOf('['.repeat(33) + ']'.repeat(33))).toMatch(/^invalid_field depth 0\.0/)
  })

  test.each([
    ['lists', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['lists that do not end', '['.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
  ])('100,000 %s are refused within half a second', (_, text) => {
    const started = performance.now()
    expect(faultOf(text)).not.toBe('read')
    expect(performance.now() - started).toBeLessThan(500)
  })
})

const plainValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ unit: 'grapheme' }),
    fc.integer({ min: 0, max: 9_999_999_999 }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).value

test('500 values that follow the rules are read as JSON.parse reads them', () => {
  fc.assert(
    fc.property(plainValue, fc.constantFrom(undefined, 1, '\t'), (value, space) => {
      const text = JSON.stringify(value, null, space)
      fc.pre(!/__proto__|\\u0000/.test(text))
      expect(read(text)).toEqual({ kind: 'read', value: JSON.parse(text) })
    }),
    { numRuns: 500 },
  )
})

test('500 keys written twice are refused wherever they stand', () => {
  fc.assert(
    fc.property(plainValue, fc.string(), fc.string(), (value, key, other) => {
      fc.pre(key !== other)
      const [k, o, v] = [key, other, value].map((part) => JSON.stringify(part))
      const inner = `{${k}:${v},${o}:[],${k}:${v}}`
      fc.pre(!/__proto__|\\u0000/.test(inner))
      expect(read(`[0,{"x":${inner}}]`)).toMatchObject({ kind: 'refused', code: 'duplicate_key' })
    }),
    { numRuns: 500 },
  )
})

test('500 rows of random bytes do not throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(['read', 'refused']).toContain(readStrictJson(bytes).kind)
    }),
    { numRuns: 500 },
  )
})

const mark = fc.constantFrom('{', '}', '[', ']', ':', ',', '"', '\\', '0', '-', '1', 'e', '.', ' ')

test('500 rows of the marks of JSON are read as JSON.parse reads them, or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: mark }), (text) => {
      const json = read(text)
      const isRead = json.kind === 'read'
      expect(isRead ? json.value : 'refused').toEqual(isRead ? JSON.parse(text) : 'refused')
    }),
    { numRuns: 500 },
  )
})
