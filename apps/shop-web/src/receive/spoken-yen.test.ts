import { expect, test } from 'vitest'
import { spokenYen } from './spoken-yen.ts'

test.each([
  [1, 'いちえん'],
  [4, 'よえん'],
  [14, 'じゅうよえん'],
  [40, 'よんじゅうえん'],
  [100, 'ひゃくえん'],
  [300, 'さんびゃくえん'],
  [600, 'ろっぴゃくえん'],
  [800, 'はっぴゃくえん'],
  [1_000, 'せんえん'],
  [1_234, 'せんにひゃくさんじゅうよえん'],
  [3_000, 'さんぜんえん'],
  [8_800, 'はっせんはっぴゃくえん'],
  [9_999, 'きゅうせんきゅうひゃくきゅうじゅうきゅうえん'],
  [10_000, 'いちまんえん'],
  [40_000, 'よんまんえん'],
  [50_000, 'ごまんえん'],
  [100_000, 'じゅうまんえん'],
  [12_345_678, 'せんにひゃくさんじゅうよんまんごせんろっぴゃくななじゅうはちえん'],
] as const)('%i yen are said as %s', (yen, said) => {
  expect(spokenYen(yen)).toBe(said)
})

test('no two amounts up to ten thousand sound the same', () => {
  const said = new Set(Array.from({ length: 10_000 }, (_, at) => spokenYen(at + 1)))
  expect(said.size).toBe(10_000)
})
