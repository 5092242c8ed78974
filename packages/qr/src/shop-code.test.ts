import { expect, test } from 'vitest'
import { drawShopCode } from './draw.ts'
import { readShopCode, shopCodeOf, shopCodeText, shopNoOf } from './shop-code.ts'

const origin = 'https://ken.example'

test('a shop code is the address of the shop with its check digit', () => {
  expect(shopCodeText({ origin, shopNo: '100001' })).toBe(`https://ken.example/s/1000015`)
  expect(readShopCode('https://ken.example/s/1000015', { origin })).toEqual({
    kind: 'shop_code',
    shopNo: '100001',
  })
  expect(shopNoOf(shopCodeOf('000042'))).toBe('000042')
})

test('a host is the same in capital letters', () => {
  expect(readShopCode('HTTPS://KEN.EXAMPLE/s/1000015', { origin }).kind).toBe('shop_code')
})

test.each([
  ['https://ken.example.evil.example/s/1000015', 'host'],
  ['https://evil.example/s/1000015', 'host'],
  ['http://ken.example/s/1000015', 'host'],
  ['https://ken.example:8443/s/1000015', 'host'],
  ['https://ken.example@evil.example/s/1000015', 'form'],
  ['https://ken.example/s/1000014', 'check_digit'],
  ['https://ken.example/s/1000051', 'check_digit'],
  ['https://ken.example/s/100001', 'form'],
  ['https://ken.example/s/10000153', 'form'],
  ['https://ken.example/s/1000015/', 'form'],
  ['https://ken.example/s/1000015?to=evil', 'form'],
  ['https://ken.example/s/1000015\n', 'form'],
  ['https://ken.example/S1000015', 'form'],
  ['https://ken.example/s/１００００１５', 'form'],
  [' https://ken.example/s/1000015', 'form'],
  ['', 'form'],
] as const)('%j is refused because of its %s', (text, rule) => {
  expect(readShopCode(text, { origin })).toEqual({ kind: 'refused', rule })
})

test('seven digits that cannot be a shop are no shop', () => {
  for (const digits of ['1000014', '100001', '10000153', 'abcdefg', ''])
    expect(shopNoOf(digits)).toBeNull()
})

test.each([
  'https://k.example',
  'http://localhost:8080',
  'https://ken.mirai-shotengai.example',
  'https://minnaken.mirai-shotengai.example',
])('the code of a shop at %s is a square of version 3', (at) => {
  const { version, size } = drawShopCode(shopCodeText({ origin: at, shopNo: '100001' }))
  expect([version, size]).toEqual([3, 29 + 8])
})

test('an address that has no room in version 3 is not drawn', () => {
  const long = `https://${'a'.repeat(36)}.example`
  expect(() => drawShopCode(shopCodeText({ origin: long, shopNo: '100001' }))).toThrow('version 3')
  expect(() => drawShopCode('https://ken.example/')).toThrow('address of a shop')
})
