import { expect, test } from 'vitest'
import type { NextStep } from './next-step.ts'
import { nameOf, stepsToShow } from './shown-steps.ts'

const register: NextStep = { kind: 'register_device', due: null }
const stopped: NextStep = { kind: 'wallet_stopped', due: null }
const slip = (orderId: string): NextStep => ({ kind: 'pay_slip', orderId, yen: 10_000, due: 1 })
const win = (units: number): NextStep => ({ kind: 'pay_win', campaign: 'HARU', units, due: 2 })
const expiring = (yen: number): NextStep => ({
  kind: 'expiring',
  yen,
  lastDay: '2027-07-31',
  days: 3,
  due: 3,
})

const show = (asked: Partial<Parameters<typeof stepsToShow>[0]>) =>
  stepsToShow({ steps: [], shown: [], isAllKnown: true, isPatient: true, ...asked })?.map(nameOf) ??
  null

test('nothing is shown before all is known that decides the order', () => {
  const steps = [slip('o1'), win(1)]
  expect(show({ steps, isAllKnown: false })).toBeNull()
  expect(show({ steps })).toEqual(['pay_slip o1', 'pay_win HARU'])
})

test('what is known is shown when the rest takes too long', () => {
  const late = { isAllKnown: false, isPatient: false }
  expect(show({ steps: [win(1)], ...late })).toEqual(['pay_win HARU'])
})

test('that there is nothing to do is not said before all is known', () => {
  expect(show({ isAllKnown: false, isPatient: false })).toBeNull()
  expect(show({})).toEqual([])
})

test('what is on the screen stays where it is, and what is heard of later comes after it', () => {
  const steps = [register, slip('o1'), win(1), expiring(500)]
  const shown = ['pay_win HARU', 'expiring 2027-07-31']
  expect(show({ steps, shown })).toEqual([
    'pay_win HARU',
    'expiring 2027-07-31',
    'register_device',
    'pay_slip o1',
  ])
})

test('nothing that is shown is taken away for an answer that is asked for again', () => {
  const shown = ['pay_win HARU']
  expect(show({ steps: [win(1)], shown, isAllKnown: false })).toEqual(shown)
})

test('what is done leaves, and a stopped wallet is said first', () => {
  const shown = ['pay_slip o1', 'pay_win HARU']
  expect(show({ steps: [win(1)], shown })).toEqual(['pay_win HARU'])
  expect(show({ steps: [stopped, slip('o1'), win(1)], shown })).toEqual([
    'wallet_stopped',
    ...shown,
  ])
})

test('it is the same thing to do with another amount, and another for another order', () => {
  expect(nameOf(win(3))).toBe(nameOf(win(1)))
  expect(nameOf(expiring(1))).toBe(nameOf(expiring(500)))
  expect(nameOf(slip('o2'))).not.toBe(nameOf(slip('o1')))
})
