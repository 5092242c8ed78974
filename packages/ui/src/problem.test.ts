import { expect, test } from 'vitest'
import { isPassing } from './problem.ts'

test.each([
  'busy',
  'forbidden',
  'idempotency_in_flight',
  'internal',
  'service_unreachable',
  'sign_in_needed',
  'ticket_expired',
  'too_many_requests',
  'waiting_room',
])('%s settles nothing of what was sent before', (code) => {
  expect(isPassing({ code })).toBe(true)
})

test('what the service says of the request itself settles it', () => {
  for (const code of ['balance_too_small', 'code_expired', 'wallet_stopped', 'card_declined'])
    expect(isPassing({ code })).toBe(false)
})

test('a refusal that says itself that it passes settles nothing', () => {
  expect(isPassing({ code: 'something_new', retryable: true })).toBe(true)
})
