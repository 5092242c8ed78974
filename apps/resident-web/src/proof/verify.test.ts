import {
  buildPublication,
  explainResult,
  type DrawTerms,
  allocateUnits,
  seedOf,
} from '@minnaken/domain'
import { expect, test } from 'vitest'
import { hmacSha256Hex, sha256Hex } from './sha256.ts'
import { checkDraw, type Promised, type Told } from './verify.ts'

const hashes = { sha256Hex, hmacSha256Hex }
const terms: DrawTerms = { campaign: 'HARU', units: 25, cap: 5 }
const applications = Array.from({ length: 12 }, (_, at) => ({
  id: `A${at + 1}`,
  request: (at % 5) + 1,
}))
const secret = { seedSecret: 'ab'.repeat(32), publicValue: '12345.67' }
const { text } = buildPublication({ ...secret, terms, applications, program: 'test', hashes })
const file = JSON.parse(text) as Record<string, unknown>
const promised: Promised = {
  seedCommit: String(file['commit']),
  listDigest: String(file['listDigest']),
  membersDigest: String(file['membersDigest']),
  termsDigest: String(file['termsDigest']),
}
const draw = { terms, applications, seed: seedOf(secret) }
const explained = explainResult({
  draw,
  allocation: allocateUnits({ draw, hashes }),
  hashes,
  id: 'A5',
})
if (explained === null) throw new Error('A5 applied')
const told: Told = {
  id: 'A5',
  message: explained.message,
  units: explained.units,
  score: explained.score,
}

test('a draw that is what was promised comes out the same, with one’s own units and score', () => {
  expect(checkDraw({ file, promised, told })).toEqual({
    kind: 'same',
    applicants: 12,
    units: 25,
    mine: { requested: 5, units: explained.units, score: explained.score },
  })
})

test('anybody can check it, also who did not apply', () => {
  expect(checkDraw({ file, promised, told: null })).toMatchObject({ kind: 'same', mine: null })
})

test.each([
  ['another secret than was promised', 'seedCommit', 'commit'],
  ['another list than was frozen', 'listDigest', 'listDigest'],
  ['other members than were frozen', 'membersDigest', 'membersDigest'],
  ['other terms than were fixed', 'termsDigest', 'termsDigest'],
] as const)('%s is noticed', (_, field, path) => {
  const other = { ...promised, [field]: '0'.repeat(64) }
  expect(checkDraw({ file, promised: other, told })).toEqual({ kind: 'different', path })
})

test('a result that was changed is noticed', () => {
  const result = file['result'] as { allocation: Record<string, number> }
  const allocation = { ...result.allocation, A1: 5 }
  const changed = { ...file, result: { ...result, allocation } }
  expect(checkDraw({ file: changed, promised, told })).toMatchObject({ kind: 'different' })
})

test('being told other units or another score than the file has is noticed', () => {
  expect(checkDraw({ file, promised, told: { ...told, units: told.units + 1 } })).toEqual({
    kind: 'different',
    path: 'allocation.A5',
  })
  expect(checkDraw({ file, promised, told: { ...told, score: '' } })).toEqual({
    kind: 'different',
    path: 'score.A5',
  })
  expect(checkDraw({ file, promised, told: { ...told, id: 'B1' } })).toEqual({
    kind: 'different',
    path: 'applications.B1',
  })
})

test('a file that is none is unreadable', () => {
  expect(checkDraw({ file: {}, promised, told: null })).toEqual({ kind: 'unreadable' })
})
