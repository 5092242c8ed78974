import { randomUUID } from 'node:crypto'
import { seedPaidOrder } from '@minnaken/ledger/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenSale, openSale } from '../rig/open-sale.ts'
import { type Attempt, acceptedWithin, attemptsIn, checkSale } from '../rig/sale-books.ts'
import { setRig } from './_seeded.ts'

let stage: Awaited<ReturnType<typeof setRig>>
let sale: OpenSale
beforeAll(async () => {
  stage = await setRig()
  const size = { name: 'TEST', people: 6, units: 3 }
  sale = await openSale(stage.database.ownerUrl, size)
})
afterAll(() => stage.drop())

const check = (attempts: readonly Attempt[]) => checkSale(stage.database.ownerUrl, sale, attempts)

const rules = async (attempts: readonly Attempt[]): Promise<string[]> => {
  const { balanced, findings } = await check(attempts)
  expect(balanced).toBe(findings.length === 0)
  return findings.map(({ rule }) => rule)
}

const tried = (
  person: number,
  kind: Attempt['kind'],
  code: string,
  id: string,
  units = 2,
): Attempt => ({
  person,
  kind,
  units,
  status: code === 'accepted' ? 201 : code === 'no_answer' ? 0 : 503,
  code,
  id,
  at: 0,
  ms: 1,
})

/** An order as the service writes it, with the units taken from the stock. */
async function order(person: number, units: number, free: number): Promise<string> {
  const { owner } = stage.database
  const orderId = randomUUID()
  const { campaignId } = sale.sale
  const accountId = sale.people[person]?.accountId ?? ''
  const priceYen = 10_000 * units
  await seedPaidOrder(owner, { orderId, campaignId, accountId, units, priceYen, at: Date.now() })
  await owner
    .updateTable('sale.stock')
    .set({ units_free: free })
    .where('campaign_id', '=', sale.sale.campaignId)
    .execute()
  return orderId
}

test('the journal of people is read line by line, and what is no try of anybody is passed over', () => {
  const line = 'S 7 buy 1 503 waiting_room - 1700000000000 1.50'
  expect(attemptsIn(['B 1', line, 'F 1 first {}'])).toEqual([
    {
      person: 7,
      kind: 'buy',
      units: 1,
      status: 503,
      code: 'waiting_room',
      id: '-',
      at: 1_700_000_000_000,
      ms: 1.5,
    },
  ])
})

test('what was accepted has to be there, and what is there has to have been accepted', async () => {
  expect(await rules([])).toEqual([])
  expect(await rules([tried(0, 'apply', 'accepted', '100')])).toEqual(['what_was_accepted_is_kept'])
  const first = await order(0, 2, 1)
  expect(await rules([tried(0, 'buy', 'accepted', first)])).toEqual([])
  expect(await rules([tried(0, 'buy', 'accepted', randomUUID())])).toEqual([
    'what_was_accepted_is_kept',
  ])
  expect(await rules([tried(0, 'buy', 'waiting_room', '-')])).toEqual(['what_is_kept_was_accepted'])
  // Nobody knows what became of a request without an answer, so it may have been kept.
  expect(await rules([tried(0, 'buy', 'no_answer', '-')])).toEqual([])
})

test('what is kept is over as many units as were asked for', async () => {
  const [bought] = await stage.database.owner
    .selectFrom('sale.order')
    .select('order_id as orderId')
    .where('campaign_id', '=', sale.sale.campaignId)
    .execute()
  expect(await rules([tried(0, 'buy', 'accepted', bought?.orderId ?? '', 1)])).toEqual([
    'the_units_are_those_asked_for',
  ])
})

test('more than the stock is never sold, and what is left is what was not sold', async () => {
  const told = [tried(0, 'buy', 'no_answer', '-'), tried(1, 'buy', 'no_answer', '-')]
  await order(1, 2, 0)
  expect(await rules(told)).toEqual([
    'no_more_is_sold_than_there_is',
    'what_is_left_and_what_is_sold_is_the_stock',
  ])
})

test('two different acceptances of one person are one too many', async () => {
  const told = [tried(0, 'apply', 'accepted', '100'), tried(0, 'apply', 'accepted', '101')]
  expect(await rules(told)).toContain('one_each')
})

test('somebody is accepted once, when they first hear it', () => {
  const at = (when: number, attempt: Attempt): Attempt => ({ ...attempt, at: when })
  const accepted = [
    at(1_500, tried(0, 'buy', 'accepted', 'a')),
    at(900, tried(1, 'apply', 'accepted', 'b')),
    at(1_600, tried(1, 'apply', 'accepted', 'b')),
    at(2_999, tried(3, 'apply', 'accepted', 'c')),
    at(3_000, tried(4, 'buy', 'accepted', 'd')),
    at(1_700, tried(5, 'buy', 'busy', '-')),
  ]
  expect(acceptedWithin(accepted, { from: 1_000, until: 3_000 })).toEqual({
    apply: 1,
    buy: 1,
    perSecond: 1,
  })
})
