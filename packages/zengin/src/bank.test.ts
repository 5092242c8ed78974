import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { findBank, findBranch, officeName } from './bank.ts'

const invented = { invented: true }

test('a bank and its branch are found by their codes, leading zeros and all', () => {
  expect(findBank('0001')).toEqual({
    code: '0001',
    name: 'みずほ',
    kana: 'ミズホ',
    half: 'ﾐｽﾞﾎ',
  })
  expect(findBranch({ bank: '0001', branch: '054' })).toMatchObject({ code: '054', name: '芝' })
  expect(findBank('1319')).toMatchObject({ name: '芝信金', half: 'ｼﾊﾞｼﾝｷﾝ' })
  expect(findBranch({ bank: '9900', branch: '018' })).toMatchObject({ code: '018' })
})

test.each(['1', '0000', '00001', '', '__proto__', 'constructor'])('there is no bank %j', (code) => {
  expect(findBank(code)).toBeUndefined()
  expect(findBank(code, invented)).toBeUndefined()
  expect(findBranch({ bank: code, branch: '001' })).toBeUndefined()
})

test.each(['54', '0054', '', '__proto__'])('Mizuho has no branch %j', (branch) => {
  expect(findBranch({ bank: '0001', branch })).toBeUndefined()
})

test('the invented bank exists only where everything is invented', () => {
  expect(findBank('9999')).toBeUndefined()
  expect(findBranch({ bank: '9999', branch: '999' })).toBeUndefined()
  expect(findBank('9999', invented)).toMatchObject({ half: 'ﾐﾗｲｷﾞﾝｺｳ' })
  expect(findBranch({ bank: '9999', branch: '999' }, invented)).toMatchObject({ code: '999' })
  expect(findBranch({ bank: '9999', branch: '000' }, invented)).toBeUndefined()
  expect(findBank('0001', invented)).toMatchObject({ name: 'みずほ' })
})

test.each([
  ['ア'.repeat(15), 'ｱ'.repeat(15)],
  ['ア'.repeat(16), null],
  ['ガ'.repeat(8), null],
  ['クレデイ．アグリコル', null],
])('%s stands in its field as %j', (kana, half) => {
  expect(officeName(kana)).toBe(half)
})

test('every name of the national list fits its field, or holds a stop and stays blank', () => {
  const list = createRequire(import.meta.url)('zengin-code') as Record<
    string,
    { kana: string; branches: Record<string, { kana: string }> }
  >
  const blank: string[] = []
  let count = 0
  for (const [bank, { kana, branches }] of Object.entries(list)) {
    if (findBank(bank)?.half === null) blank.push(kana)
    for (const branch of Object.keys(branches)) {
      count += 1
      if (findBranch({ bank, branch })?.half === null) blank.push(branches[branch]?.kana ?? '')
    }
  }
  expect(count).toBeGreaterThan(28_000)
  expect(blank.length).toBeLessThan(50)
  expect(blank.filter((kana) => !/[．・]/.test(kana))).toEqual([])
})
