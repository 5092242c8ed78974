import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase45, encodeBase45 } from './base45.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'.split('')

describe('Base45', () => {
  test.for([
    ['', ''],
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ] as const)('of the standard’s example %j is %j, both ways', ([text, base45]) => {
    expect(encodeBase45(utf8(text))).toBe(base45)
    expect(decodeBase45(base45)).toEqual({ kind: 'decoded', bytes: utf8(text) })
  })

  test('holds the largest two bytes and the largest byte', () => {
    expect(decodeBase45('FGW')).toEqual({ kind: 'decoded', bytes: Uint8Array.of(255, 255) })
    expect(decodeBase45('U5')).toEqual({ kind: 'decoded', bytes: Uint8Array.of(255) })
  })

  test.for([
    { text: 'GGW', rule: 'overflow', at: 0, why: 'the standard’s example: 65536' },
    { text: ':::', rule: 'overflow', at: 0, why: 'the largest three characters' },
    { text: 'BB8GGW', rule: 'overflow', at: 3, why: 'the second group' },
    { text: 'V5', rule: 'overflow', at: 0, why: 'two characters of 256' },
    { text: 'BB8::', rule: 'overflow', at: 3, why: 'the last two characters' },
    { text: 'A', rule: 'length', at: 0, why: 'one character' },
    { text: 'BB8A', rule: 'length', at: 3, why: 'one character left over' },
    { text: 'bb8', rule: 'character', at: 0, why: 'a small letter' },
    { text: 'BB8BB=', rule: 'character', at: 5, why: 'a character that only Base64 has' },
    { text: 'BB8\u{FF22}B8', rule: 'character', at: 3, why: 'a full-width letter' },
    { text: 'BB8B\u{0392}8', rule: 'character', at: 4, why: 'a Greek letter that looks the same' },
    { text: 'B\u{1F600}', rule: 'character', at: 1, why: 'a character of two units' },
    { text: 'BB\n', rule: 'character', at: 2, why: 'a line feed' },
    { text: 'BB\0', rule: 'character', at: 2, why: 'a zero' },
    { text: 'BB\u{80}', rule: 'character', at: 2, why: 'the first unit above the table' },
  ])('refuses $text by $rule: $why', ({ text, rule, at }) => {
    expect(decodeBase45(text)).toEqual({ kind: 'refused', rule, at })
  })

  test('gives back every bytes it wrote, two for three characters and one for two', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        const text = encodeBase45(bytes)
        expect(text.length).toBe(Math.floor(bytes.length / 2) * 3 + (bytes.length % 2) * 2)
        expect(decodeBase45(text)).toEqual({ kind: 'decoded', bytes })
      }),
    )
  })

  test('reads no text but the one it writes', () => {
    const anyText = fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 30 })
    fc.assert(
      fc.property(anyText, (text) => {
        const decoding = decodeBase45(text)
        const again = decoding.kind === 'decoded' ? encodeBase45(decoding.bytes) : text
        expect(again).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  test('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(['decoded', 'refused']).toContain(decodeBase45(text).kind)
      }),
    )
  })
})
