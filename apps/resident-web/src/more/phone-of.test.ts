import type { Device } from '@minnaken/ui'
import { expect, test } from 'vitest'
import { phoneOf } from './phone-of.ts'

const kept: Device = { deviceId: 'a', name: 'スマホ', key: {} as CryptoKey }
const live = { deviceId: 'a', revokedAt: null }

test.each([
  ['a phone of the own list may pay', kept, [live], kept],
  [
    'a phone that was stopped may not',
    kept,
    [{ ...live, revokedAt: '2027-02-14T12:00:00Z' }],
    null,
  ],
  ['the key of somebody else is no phone of theirs', kept, [{ ...live, deviceId: 'b' }], null],
  ['a person without phones has none here either', kept, [], null],
  ['without a network the key alone counts', kept, undefined, kept],
  ['a phone without a key is none', null, [live], null],
  ['nothing is said before the key was looked for', undefined, [live], undefined],
] as const)('a phone pays or not: %s', (_, key, own, expected) => {
  expect(phoneOf(key, own)).toBe(expected)
})
