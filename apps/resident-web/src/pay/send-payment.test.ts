import { expect, test } from 'vitest'
import { isFinal } from './send-payment.ts'

test('a refusal of the payment settles that nothing was taken', () => {
  for (const code of ['balance_too_small', 'code_expired', 'shop_suspended', 'wallet_stopped'])
    expect(isFinal({ code })).toBe(true)
})

test('a service that is busy or wants a new session has said nothing about the payment', () => {
  for (const code of ['busy', 'internal', 'sign_in_needed', 'too_many_requests', 'forbidden'])
    expect(isFinal({ code })).toBe(false)
})
