import { paymentNumberOf, signPaymentCode } from '@minnaken/qr'
import { expect, test } from 'vitest'
import { groupedNumber, joinCodeIn, readCode, typedNumber } from './read-code.ts'

const ORIGIN = 'https://shop.example'
const JOIN = 'https://shop.example/join#Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MDEyMzQ1Njc4OTA'

test('a code that a phone signed is sent as it is', async () => {
  const { privateKey } = await crypto.subtle.generateKey(
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign', 'verify'],
  )
  const code = await signPaymentCode({
    key: privateKey,
    deviceId: '01890000-0000-7000-8000-000000000001',
    issuedAt: 1_800_000_000,
    nonce: new Uint8Array(16),
  })
  expect(readCode(code, ORIGIN)).toEqual({ kind: 'payment', code })
})

test('a number that stands for a code is sent as it is', () => {
  const number = paymentNumberOf(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]))
  expect(readCode(number, ORIGIN)).toEqual({ kind: 'payment', code: number })
})

test.each([
  ['a shop code, ours or one like it', 'https://ken.example/s/1234567', { kind: 'shop_code' }],
  ['an invitation for a till', JOIN, { kind: 'join_link' }],
  [
    'an invitation of somebody else',
    JOIN.replace('shop.', 'evil.'),
    { kind: 'foreign', service: null },
  ],
  ['an address', 'https://example.com/menu', { kind: 'foreign', service: null }],
  ['a PayPay address', 'https://qr.paypay.ne.jp/abc', { kind: 'foreign', service: 'PayPay' }],
  ['PayPay digits', '280012345678901234567890', { kind: 'foreign', service: 'PayPay' }],
  ['nineteen digits, of several', '1234567890123456789', { kind: 'foreign', service: null }],
  ['words', 'こんにちは', { kind: 'foreign', service: null }],
] as const)('%s pays nothing', (_what, text, read) => {
  expect(readCode(text, ORIGIN)).toEqual(read)
})

test('a join code is found in a link to this very app, and nowhere else', () => {
  expect(joinCodeIn(JOIN, ORIGIN)).toBe('Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MDEyMzQ1Njc4OTA')
  for (const text of [
    JOIN.replace('shop.example', 'shop.example.evil.example'),
    JOIN.replace('https://', 'https://shop.example@evil.example/'),
    JOIN.replace('https:', 'http:'),
    JOIN.replace('/join', '/x/join'),
    'https://shop.example/join',
    'https://shop.example/s/1234567',
    'https://shop.example/join#<script>',
  ])
    expect(joinCodeIn(text, ORIGIN)).toBeNull()
})

test('twelve digits may be typed in any width and with anything between them', () => {
  expect(typedNumber('１２３４-5678 9012345')).toBe('123456789012')
  expect(groupedNumber('123456789012')).toBe('1234 5678 9012')
  expect(groupedNumber('12345')).toBe('1234 5')
})
