import { expect, test } from 'vitest'
import type { DrawResult, Receipt } from '../answers.ts'
import { partsOf, standingOf } from './parts.ts'

const windows = {
  apply: { from: '2026-12-01T10:00:00+09:00', until: '2026-12-18T00:00:00+09:00' },
  drawAt: '2027-01-12T10:00:00+09:00',
  resultsAt: '2027-01-20T10:00:00+09:00',
  pay: { from: '2027-02-01T10:00:00+09:00', until: '2027-02-15T00:00:00+09:00' },
  secondSale: { from: '2027-02-22T10:00:00+09:00', until: '2027-03-01T00:00:00+09:00' },
  use: { from: '2027-02-01T00:00:00+09:00', until: '2027-08-01T00:00:00+09:00' },
}
const applied = { state: 'active' } as Receipt
const withdrawn = { state: 'withdrawn' } as Receipt
const won = { unitsWon: 3 } as DrawResult
const lost = { unitsWon: 0 } as DrawResult

const facts = (
  now: string,
  {
    application = null,
    result = null,
  }: { application?: Receipt | null; result?: DrawResult | null } = {},
) => ({ campaign: { windows }, application, result, now: Date.parse(`${now}+09:00`) })

test.each([
  ['before applications', '2026-11-30T00:00:00', {}, ['opens_later'], 'later'],
  ['not applied yet', '2026-12-05T00:00:00', {}, ['form'], 'open'],
  [
    'withdrew, may apply again',
    '2026-12-05T00:00:00',
    { application: withdrawn },
    ['form'],
    'open',
  ],
  ['applied', '2026-12-05T00:00:00', { application: applied }, ['receipt', 'change'], 'applied'],
  [
    'waits for the result',
    '2027-01-01T00:00:00',
    { application: applied },
    ['wait', 'receipt', 'second_sale_later'],
    'waiting',
  ],
  ['did not apply', '2027-01-01T00:00:00', {}, ['not_applied', 'second_sale_later'], 'closed'],
  [
    'won, before payment opens',
    '2027-01-25T00:00:00',
    { application: applied, result: won },
    ['result', 'win_opens_later', 'receipt', 'second_sale_later'],
    'won',
  ],
  [
    'won, may pay',
    '2027-02-05T00:00:00',
    { application: applied, result: won },
    ['result', 'buy_win', 'receipt', 'second_sale_later', 'use'],
    'won',
  ],
  [
    'drew nothing',
    '2027-02-05T00:00:00',
    { application: applied, result: lost },
    ['result', 'receipt', 'second_sale_later', 'use'],
    'closed',
  ],
  ['second sale for anybody', '2027-02-25T00:00:00', {}, ['second_sale', 'use'], 'second_sale'],
  ['afterwards', '2027-08-01T00:00:00', {}, ['over'], 'closed'],
] as const)('%s', (_, now, own, parts, standing) => {
  expect(partsOf(facts(now, own))).toEqual(parts)
  expect(standingOf(facts(now, own))).toBe(standing)
})
