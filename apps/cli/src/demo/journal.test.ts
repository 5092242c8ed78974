import { expect, test } from 'vitest'
import type { Answer } from '../people/call.ts'
import { type DemoTill, openJournal, pay } from './journal.ts'

const now = Date.parse('2027-02-12T11:30:00+09:00')

const answer = (status: number, body: object): Answer => ({
  status,
  body,
  bytes: new Uint8Array(),
  cookie: undefined,
})

/** A till that hears these answers, one after the other, and notes what it asked. */
function tillHearing(...answers: Answer[]) {
  const asked: string[] = []
  const till: DemoTill = {
    tillId: 't',
    shopId: 's',
    token: 'x',
    shop: { shopId: 's' } as DemoTill['shop'],
    pay: async (code, yen) => {
      asked.push(`${code} ${yen}`)
      return answers.shift() ?? answer(500, {})
    },
    voidPayment: async () => answer(500, {}),
  }
  return { till, asked }
}

test('a till that is told to wait asks again by the same request, and that is no refusal', async () => {
  const journal = openJournal()
  const { till, asked } = tillHearing(
    answer(503, { code: 'busy' }),
    answer(503, { code: 'outcome_unknown' }),
    answer(201, { redemptionId: 'r', replayed: true }),
  )
  const paid = await pay(journal, { till, code: 'c', yen: 700, now })
  expect(paid).toEqual({ kind: 'paid', redemptionId: 'r', isReplay: true })
  expect(asked).toEqual(['c 700', 'c 700', 'c 700'])
  expect([...journal.accepted]).toEqual([['r', { yen: 700, on: '2027-02-12' }]])
  expect([...journal.refused]).toEqual([])
})

test('whatever is accepted is in the journal once, and a refusal is counted by its code', async () => {
  const journal = openJournal()
  const { till } = tillHearing(
    answer(201, { redemptionId: 'r' }),
    answer(201, { redemptionId: 'r', replayed: true }),
    answer(409, { code: 'balance_too_small' }),
  )
  const asked = { till, code: 'c', yen: 700, now }
  await pay(journal, asked)
  await pay(journal, asked)
  expect(await pay(journal, asked)).toEqual({ kind: 'refused', problem: 'balance_too_small' })
  expect(journal.accepted.size).toBe(1)
  expect([...journal.refused]).toEqual([['balance_too_small', 1]])
})
