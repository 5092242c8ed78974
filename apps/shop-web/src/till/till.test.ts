import type { Failure } from '@minnaken/ui'
import { expect, test } from 'vitest'
import { stoppedBy } from './till.ts'

const refused = (code: string): Failure => ({
  kind: 'refused',
  problem: { code, status: 403, title: code, titleEn: code },
})

test.each<[Failure, string | null]>([
  [refused('till_revoked'), 'revoked'],
  [refused('till_expired'), 'expired'],
  [refused('sign_in_needed'), 'revoked'],
  [refused('busy'), null],
  [{ kind: 'offline' }, null],
])('%j says of a till: %s', (failure, expected) => {
  expect(stoppedBy(failure)).toBe(expected)
})
