import { expect, test } from 'vitest'
import { defineProblems, generalProblems, problemDocument, type Problems } from './problems.ts'

const problems = defineProblems({
  code_expired: { status: 409, ja: '期限切れ', en: 'expired' },
  till_busy: { status: 409, ja: '使用中', en: 'in use', retryAfterSeconds: 3 },
})

const documentOf = (code: string, data: Record<string, unknown> = {}) =>
  problemDocument(problems, { code, data, requestId: 'r1' })

test('the data of a problem lies at its top level', () => {
  expect(documentOf('code_expired', { spendableYen: 300 }).document).toEqual({
    type: 'urn:minnaken:problem:code_expired',
    title: '期限切れ',
    titleEn: 'expired',
    status: 409,
    code: 'code_expired',
    requestId: 'r1',
    spendableYen: 300,
  })
})

test('data never replaces a standard member', () => {
  const forged = {
    type: 'x',
    title: 'x',
    titleEn: 'x',
    status: 200,
    code: 'x',
    requestId: 'x',
    retryable: false,
  }
  expect(documentOf('busy', forged).document).toEqual({
    ...documentOf('busy').document,
  })
})

test('what may be sent again says so, and when', () => {
  for (const code of ['busy', 'outcome_unknown', 'too_many_requests']) {
    const { document, retryAfterSeconds } = documentOf(code)
    expect(document['retryable']).toBe(true)
    expect([1, 2]).toContain(retryAfterSeconds)
  }
  expect(documentOf('busy', { retryAfterSeconds: 6.2 }).retryAfterSeconds).toBe(7)
  expect(documentOf('till_busy').retryAfterSeconds).toBe(3)
  expect(documentOf('code_expired').retryAfterSeconds).toBeUndefined()
  expect(documentOf('code_expired').document).not.toHaveProperty('retryable')
})

test('every general problem has a status and words in both languages', () => {
  for (const { status, ja, en } of Object.values(generalProblems)) {
    expect(status).toBeGreaterThanOrEqual(400)
    expect(ja).toMatch(/[ぁ-んァ-ン一-龠]/)
    expect(en).toMatch(/^[\x20-\x7e]+$/)
  }
})

test.each<[string, Problems]>([
  ['a code of the general ones', { busy: { status: 503, ja: 'あ', en: 'a' } }],
  ['a code in another spelling', { codeExpired: { status: 409, ja: 'あ', en: 'a' } }],
  ['a status that is no refusal', { fine: { status: 200, ja: 'あ', en: 'a' } }],
  ['no Japanese', { mute: { status: 409, ja: ' ', en: 'a' } }],
  ['no English', { mute: { status: 409, ja: 'あ', en: '' } }],
])('%s cannot be defined', (_, definitions) => {
  expect(() => defineProblems(definitions)).toThrow(/problem/)
})
