import { createHmac, hash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hmacSha256Hex, sha256Hex } from './sha256.ts'

const hmac = (key: string, message: string) =>
  createHmac('sha256', key).update(message, 'utf8').digest('hex')

test('the empty text and "abc" have the digests of the standard', () => {
  expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('texts of every length around a block have the digest that Node computes', () => {
  for (let length = 0; length < 200; length++) {
    const text = 'あa'.repeat(length).slice(0, length)
    expect(sha256Hex(text)).toBe(hash('sha256', text, 'hex'))
    expect(hmacSha256Hex(text, 'message')).toBe(hmac(text, 'message'))
  }
})

test('any text under any key has the digest that Node computes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string(), (text, key) => {
      expect(sha256Hex(text)).toBe(hash('sha256', text, 'hex'))
      expect(hmacSha256Hex(key, text)).toBe(hmac(key, text))
    }),
    { numRuns: 300 },
  )
})
