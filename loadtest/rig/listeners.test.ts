import { expect, test } from 'vitest'
import { toldOf } from './listeners.ts'

const till = (shopId: string) => ({
  tillId: `${shopId}-till`,
  shopId,
  shopNo: '100001',
  shopClass: 'SMALL',
  token: '',
})
const tills = [till('a'), till('a'), till('b')]

const taken = (redemptionId: string, at: number, place: number) => ({
  payment: { by: 'till' as const, wallet: 0, till: place, yen: 1, issuedAt: 0, code: redemptionId },
  status: 201,
  heard: { kind: 'taken' as const, redemptionId, yen: 1 },
  at,
  ms: 5,
})

test('what a shop took is told to its tills, and what is not is missed; of other shops none has to hear', () => {
  const entries = [taken('0-1', 1_000, 0), taken('0-2', 1_000, 1), taken('0-3', 1_000, 2)]
  const toldAt = new Map([
    ['0-1', 1_040],
    // A till may hear before the one that took it has its answer.
    ['0-3', 990],
  ])
  const listening = tills.slice(0, 1)
  expect(toldOf(entries, { tills, listening, toldAt })).toEqual({
    listeners: 1,
    payments: 1,
    missed: 1,
    delay: { p50: 40, p90: 40, p99: 40, max: 40 },
  })
  expect(toldOf(entries, { tills, listening: tills, toldAt })).toMatchObject({
    payments: 2,
    missed: 1,
    delay: { p50: 0, max: 40 },
  })
})
