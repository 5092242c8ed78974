import { readFile } from 'node:fs/promises'
import { decodePaymentCode } from '@minnaken/qr'
import { expect, test } from 'vitest'
import { answerInPractice, practiceCases, practiceCode } from './practice-payment.ts'

const payment = (code: string) => ({ code, yen: 800, since: 0 })

test('what answers in practice knows no way to a service', async () => {
  const text = await readFile(new URL('practice-payment.ts', import.meta.url), 'utf8')
  const imported = [...text.matchAll(/^import (type )?.* from '(.*)'$/gm)]
  expect(imported.map(([, isType, from]) => [isType !== undefined, from])).toEqual([
    [false, '@minnaken/qr'],
    [true, '@minnaken/ui'],
    [true, '../receive/payment.ts'],
  ])
  expect(text).not.toMatch(/fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource/)
})

test.each(practiceCases)('the pretended code %s is none that a service would take', (practice) => {
  expect(decodePaymentCode(practiceCode(practice, 1)).kind).toBe('refused')
})

test('a real code is answered like a good one, with words', async () => {
  const answer = await answerInPractice(payment('A REAL CODE'), { times: 0, at: 1 })
  expect(answer).toMatchObject({ kind: 'answered', value: { amountYen: 800 } })
})

test('too little: what would work is said, and then works', async () => {
  const it = payment(practiceCode('too_little', 1))
  expect(await answerInPractice(it, { times: 0, at: 1 })).toMatchObject({
    kind: 'refused',
    problem: { code: 'balance_too_small', spendableYen: 480 },
  })
  expect(await answerInPractice({ ...it, yen: 480 }, { times: 1, at: 2 })).toMatchObject({
    kind: 'answered',
  })
})

test('a lost connection comes back', async () => {
  const it = payment(practiceCode('lost', 1))
  expect((await answerInPractice(it, { times: 2, at: 1 })).kind).toBe('outcome_unknown')
  expect((await answerInPractice(it, { times: 3, at: 1 })).kind).toBe('answered')
})
