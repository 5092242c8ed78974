import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { newApplicationNo, newClaimCode, typedClaimCode } from './codes.ts'

test('a claim code is found however it is typed', () => {
  const code = newClaimCode(() => Uint8Array.from({ length: 12 }, (_, at) => at))
  expect(code).toBe('0123-4567-89AB')
  for (const typed of [
    '0123-4567-89AB',
    '0123456789ab',
    'o123 4567 89aB',
    '０１２３−４５６７−８９ＡＢ',
    'Oi23-4567-89AB',
  ])
    expect(typedClaimCode(typed)).toBe(code)
  expect(typedClaimCode('0123-4567-89AC')).not.toBe(code)
})

test('codes use every letter and no other', () => {
  const seen = new Set<string>()
  for (let made = 0; made < 300; made++) {
    for (const letter of newApplicationNo(randomBytes)) seen.add(letter)
    expect(newClaimCode(randomBytes)).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  }
  expect([...seen].toSorted().join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ')
})
