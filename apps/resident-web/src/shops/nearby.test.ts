import { expect, test } from 'vitest'
import {
  filtersThatTell,
  findShops,
  isOpen,
  listedShops,
  metresTo,
  onClock,
  type Shop,
} from './nearby.ts'

const at = (text: string) => Date.parse(`${text}+09:00`)
const here = { latitude: 35.68, longitude: 139.75 }

const shop = (name: string, told: Partial<Shop> = {}): Shop => ({
  shopNo: '100001',
  name,
  address: 'みらい区中央1-2-3',
  category: 'restaurant',
  shopClass: 'SMALL',
  ...told,
})

const find = (shops: readonly Shop[], asked: Partial<Parameters<typeof findShops>[1]> = {}) =>
  findShops(listedShops(shops), {
    text: '',
    chosen: new Set(),
    category: null,
    takesLimited: ({ shopClass }) => shopClass === 'SMALL',
    here: null,
    now: at('2027-02-15T12:00:00'),
    ...asked,
  }).map(({ shop: { name } }) => name)

test('the nearest shop comes first, and one whose place is not known last', () => {
  const near = shop('近い', { location: { latitude: 35.681, longitude: 139.75 } })
  const far = shop('遠い', { location: { latitude: 35.7, longitude: 139.75 } })
  const unknown = shop('不明')
  const other = shop('未定')
  expect(find([other, unknown, far, near], { here })).toEqual(['近い', '遠い', '不明', '未定'])
  expect(find([other, unknown, far, near])).toEqual(['遠い', '近い', '不明', '未定'])
})

test('a thousandth of a degree of latitude is some 111 metres', () => {
  const metres = metresTo({ latitude: 35.681, longitude: 139.75 }, here)
  expect(metres).toBeGreaterThan(110)
  expect(metres).toBeLessThan(112)
  expect(metresTo(null, here)).toBeNull()
  expect(metresTo(here, null)).toBeNull()
})

test('a name is found in any width, case and kana, and all words have to be there', () => {
  const shops = [shop('カフェ MIRAI'), shop('みらい書店')]
  expect(find(shops, { text: 'ｍｉｒａｉ' })).toEqual(['カフェ MIRAI'])
  expect(find(shops, { text: 'かふぇ' })).toEqual(['カフェ MIRAI'])
  expect(find(shops, { text: '中央 書店' })).toEqual(['みらい書店'])
  expect(find(shops, { text: '中央 魚' })).toEqual([])
})

test('each filter leaves what fits, together what fits all', () => {
  const hours = [{ days: [1, 2, 3, 4, 5], from: '10:00', until: '23:00' }]
  const open = shop('あ', { hours, languages: ['en'] })
  const large = shop('い', { hours, shopClass: 'LARGE', isStepFree: true })
  const silent = shop('う', { languages: ['zh-Hans', 'ko'] })
  const shops = [open, large, silent]
  expect(find(shops, { chosen: new Set(['limited']) })).toEqual(['あ', 'う'])
  expect(find(shops, { chosen: new Set(['open_now']) })).toEqual(['あ', 'い'])
  expect(find(shops, { chosen: new Set(['late']) })).toEqual(['あ', 'い'])
  expect(find(shops, { chosen: new Set(['english']) })).toEqual(['あ'])
  expect(find(shops, { chosen: new Set(['chinese']) })).toEqual(['う'])
  expect(find(shops, { chosen: new Set(['korean']) })).toEqual(['う'])
  expect(find(shops, { chosen: new Set(['step_free']) })).toEqual(['い'])
  expect(find(shops, { chosen: new Set(['open_now', 'limited']) })).toEqual(['あ'])
  expect(find(shops, { category: 'taxi' })).toEqual([])
})

test('a shop is open from its first minute to before its last, on its days', () => {
  // 15 February 2027 is a Monday.
  const hours = [{ days: [1], from: '10:00', until: '20:00' }]
  expect(isOpen({ hours }, at('2027-02-15T09:59:00'))).toBe(false)
  expect(isOpen({ hours }, at('2027-02-15T10:00:00'))).toBe(true)
  expect(isOpen({ hours }, at('2027-02-15T19:59:00'))).toBe(true)
  expect(isOpen({ hours }, at('2027-02-15T20:00:00'))).toBe(false)
  expect(isOpen({ hours }, at('2027-02-16T12:00:00'))).toBe(false)
  expect(isOpen({}, at('2027-02-15T12:00:00'))).toBe(false)
})

test('a night that began on Sunday goes on early on Monday', () => {
  const hours = [{ days: [7], from: '18:00', until: '26:00' }]
  expect(isOpen({ hours }, at('2027-02-14T23:00:00'))).toBe(true)
  expect(isOpen({ hours }, at('2027-02-15T01:59:00'))).toBe(true)
  expect(isOpen({ hours }, at('2027-02-15T02:00:00'))).toBe(false)
  expect(isOpen({ hours }, at('2027-02-14T01:00:00'))).toBe(false)
})

test.each([
  ['09:00', '09:00', false],
  ['24:00', '24:00', false],
  ['24:01', '0:01', true],
  ['26:00', '2:00', true],
  ['29:59', '5:59', true],
])('%s is %s on the clock, on the next day: %s', (kept, time, isNextDay) => {
  expect(onClock(kept)).toEqual({ time, isNextDay })
})

test('a filter of which no shop has told anything is not offered', () => {
  const silent = shop('あ', { languages: ['ja'], isStepFree: false })
  expect([...filtersThatTell([silent])]).toEqual(['limited'])
  expect([...filtersThatTell([shop('あ', { languages: ['en'], isStepFree: true })])]).toEqual([
    'limited',
    'english',
    'step_free',
  ])
})
