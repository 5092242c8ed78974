import { expect, test } from 'vitest'
import type { Answer } from './call.ts'
import { hasEnded } from './session-end.ts'

const refused = (code: string): Answer<unknown> => ({
  kind: 'refused',
  problem: { code, status: 503, title: code, titleEn: code },
})

test.each<[string, Answer<unknown>, boolean]>([
  ['the service says so', { kind: 'answered', status: 200, value: {} }, true],
  ['the service knows of no session', refused('sign_in_needed'), true],
  ['the service was too busy to end it', refused('busy'), false],
  ['the service failed', refused('internal'), false],
  ['nobody could be reached', { kind: 'offline' }, false],
  ['it is not known whether it was', { kind: 'outcome_unknown' }, false],
])('a session has ended or not: %s', (_, answer, expected) => {
  expect(hasEnded(answer)).toBe(expected)
})
