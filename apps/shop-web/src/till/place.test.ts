import type { Failure } from '@minnaken/ui'
import { expect, test } from 'vitest'
import { isSignedOut } from './place.ts'

const refused = (code: string): Failure => ({
  kind: 'refused',
  problem: { code, status: 503, title: code, titleEn: code },
})

test.each<[string, Failure, boolean]>([
  ['the session has ended', refused('sign_in_needed'), true],
  ['the account is no owner’s', refused('forbidden'), true],
  ['the service is busy', refused('busy'), false],
  ['there were too many requests', refused('too_many_requests'), false],
  ['the service failed', refused('internal'), false],
  ['there is no network', { kind: 'offline' }, false],
])('an owner is signed out or not: %s', (_, failure, expected) => {
  expect(isSignedOut(failure)).toBe(expected)
})
