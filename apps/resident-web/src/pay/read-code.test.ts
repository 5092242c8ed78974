import { expect, test } from 'vitest'
import { readCode, typedShop } from './read-code.ts'

const origin = 'https://ken.example'

test('a shop’s code at our own address is a shop', () => {
  expect(readCode('https://ken.example/s/1000015', origin)).toEqual({
    kind: 'shop',
    code: '1000015',
  })
})

test('the same number at another address is no shop of ours', () => {
  expect(readCode('https://ken.example.evil.example/s/1000015', origin)).toEqual({
    kind: 'other_host',
    host: 'ken.example.evil.example',
  })
})

test('a wrong digit is noticed', () => {
  expect(readCode('https://ken.example/s/1000016', origin)).toEqual({ kind: 'mistyped' })
})

test('another company’s code is named where it can be', () => {
  expect(readCode('https://qr.paypay.ne.jp/p2p01_abc', origin)).toEqual({
    kind: 'foreign',
    services: ['PayPay'],
  })
  expect(readCode('https://shop.example/menu', origin)).toEqual({ kind: 'foreign', services: [] })
})

test('what nobody knows is unknown', () => {
  expect(readCode('こんにちは', origin)).toEqual({ kind: 'unknown' })
})

test('seven digits of any width, with spaces, name a shop when they are right', () => {
  expect(typedShop('1000015')).toBe('1000015')
  expect(typedShop('１００ ００１５')).toBe('1000015')
  expect(typedShop('1000016')).toBeNull()
  expect(typedShop('100001')).toBeNull()
})
