import { expect, test } from 'vitest'
import { moreHours, onTheClock, openOn } from './profile.ts'
import { standingOf } from './tills.ts'

test.each([
  ['by day', '10:00', '19:00', '19:00'],
  ['until after midnight', '18:00', '02:00', '26:00'],
  ['until midnight', '18:00', '00:00', '24:00'],
  ['around the clock', '00:00', '00:00', '24:00'],
] as const)('open %s', (_when, from, until, kept) => {
  const open = openOn({ day: 1, from, until })
  expect(open.until).toBe(kept)
  expect(onTheClock(open.until)).toBe(until)
  expect(openOn({ ...open, until: onTheClock(open.until) })).toEqual(open)
})

test('an end that nobody writes is cut off', () => {
  expect(openOn({ day: 1, from: '09:00', until: '09:00' }).until).toBe('29:59')
})

test('a shop that opens twice a day begins again where it closed', () => {
  const lunch = { day: 1, from: '11:00', until: '14:00' } as const
  expect(moreHours(1, [])).toEqual({ day: 1, from: '10:00', until: '19:00' })
  expect(moreHours(1, [lunch])).toEqual({ day: 1, from: '14:00', until: '22:00' })
})

test('a till is open until it is struck off or its time is over', () => {
  const expiresAt = '2027-03-01T00:00:00Z'
  const at = Date.parse(expiresAt)
  expect(standingOf({ revokedAt: null, expiresAt }, at - 1)).toBe('open')
  expect(standingOf({ revokedAt: null, expiresAt }, at)).toBe('expired')
  expect(standingOf({ revokedAt: '2027-01-01T00:00:00Z', expiresAt }, at)).toBe('revoked')
})
