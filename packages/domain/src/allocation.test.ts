import { describe, expect, test } from 'vitest'
import { allocate, drawOf, histogramOf, people } from '../tests/_draw.ts'
import { winnersOf } from './index.ts'

/** 21,345 people who ask for 79,380 units: the electronic stock of the demo. */
const demo = people(
  [
    [2_000, 1],
    [3_000, 2],
    [4_000, 3],
    [2_345, 4],
    [10_000, 5],
  ].flatMap(([count, request]) => Array.from({ length: count ?? 0 }, () => request ?? 0)),
)
const hundred = people(Array.from({ length: 100 }, (_, i) => 1 + ((7 * i) % 5)))
const sixtyThousand = people(
  Array.from({ length: 60_000 }, (_, i) => 1 + ((31 * i * i + 17 * i) % 5)),
)

const together = (units: number, cap: number, applications = people([])) => {
  const allocation = allocate(drawOf({ units, cap }, applications))
  if (allocation.kind !== 'together') throw new Error('one pool')
  return allocation
}

describe('the worked vectors: everyone together', () => {
  test.each([
    {
      units: 20,
      cap: 5,
      requests: [5, 4, 2, 1],
      level: 5,
      given: [5, 4, 2, 1],
      unsold: 8,
      why: 'enough for all: the rest goes to the second sale',
    },
    {
      units: 12,
      cap: 5,
      requests: [5, 4, 2, 1],
      level: 5,
      given: [5, 4, 2, 1],
      unsold: 0,
      why: 'exactly enough',
    },
    {
      units: 14,
      cap: 5,
      requests: [5, 5, 5, 1, 1, 5],
      level: 3,
      candidates: 4,
      given: [3, 3, 3, 1, 1, 3],
      unsold: 0,
      why: 'the level comes out even: nothing to draw',
    },
    {
      units: 9,
      cap: 2,
      requests: [5, 5, 1, 2],
      level: 2,
      given: [2, 2, 1, 2],
      unsold: 2,
      why: 'the cap cuts the wish before anything is shared',
    },
    {
      units: 0,
      cap: 5,
      requests: [1, 2],
      level: 0,
      candidates: 2,
      given: [0, 0],
      unsold: 0,
      why: 'nothing to share',
    },
  ])('$units units, cap $cap, requests $requests: $why', (row) => {
    const allocation = together(row.units, row.cap, people(row.requests))
    const { level, remainder, candidates } = allocation.pool.share
    expect({ level, remainder, candidates }).toEqual({
      level: row.level,
      remainder: 0,
      candidates: row.candidates ?? 0,
    })
    expect(allocation.units).toEqual(row.given)
    expect(allocation.unsold).toBe(row.unsold)
    expect(winnersOf(allocation.pool)).toEqual([])
  })

  test.each([
    {
      units: 10,
      cap: 5,
      requests: [5, 5, 3, 2],
      level: 2,
      remainder: 2,
      base: [2, 2, 2, 2],
      short: [0, 1, 2],
      why: 'the small wish is met, two of the other three are drawn',
    },
    {
      units: 3,
      cap: 5,
      requests: [1, 2, 5, 1, 3],
      level: 0,
      remainder: 3,
      base: [0, 0, 0, 0, 0],
      short: [0, 1, 2, 3, 4],
      why: 'fewer units than people: three win one each',
    },
    {
      units: 19,
      cap: 5,
      requests: [5, 5, 5, 5],
      level: 4,
      remainder: 3,
      base: [4, 4, 4, 4],
      short: [0, 1, 2, 3],
      why: 'one unit is missing',
    },
  ])('$units units, cap $cap, requests $requests: $why', (row) => {
    const allocation = together(row.units, row.cap, people(row.requests))
    const { share } = allocation.pool
    expect(share).toMatchObject({
      level: row.level,
      remainder: row.remainder,
      candidates: row.short.length,
      base: row.base,
    })
    expect(share.drawn.toSorted((a, b) => a - b)).toEqual(row.short)
    const gained = allocation.units.flatMap((given, at) =>
      given > (row.base[at] ?? 0) ? [at] : [],
    )
    expect(gained).toEqual(share.drawn.slice(0, row.remainder).toSorted((a, b) => a - b))
    expect(allocation.everyApplicantGetsOne).toBe(row.units >= row.requests.length)
    expect(allocation.allocated).toBe(row.units)
  })

  test.each([
    {
      name: '217 units, 100 people',
      units: 217,
      list: hundred,
      level: 2,
      remainder: 37,
      candidates: 60,
      histogram: { 1: 20, 2: 43, 3: 37 },
    },
    {
      name: '100,000 units, 60,000 people',
      units: 100_000,
      list: sixtyThousand,
      level: 2,
      remainder: 4_000,
      candidates: 36_000,
      histogram: { 1: 24_000, 2: 32_000, 3: 4_000 },
    },
    {
      name: 'the demo, 48,000 units',
      units: 48_000,
      list: demo,
      level: 2,
      remainder: 7_310,
      candidates: 16_345,
      histogram: { 1: 2_000, 2: 12_035, 3: 7_310 },
    },
    {
      name: 'as many units as people',
      units: 21_345,
      list: demo,
      level: 1,
      remainder: 0,
      candidates: 19_345,
      histogram: { 1: 21_345 },
    },
    {
      name: 'one unit fewer than people',
      units: 21_344,
      list: demo,
      level: 0,
      remainder: 21_344,
      candidates: 21_345,
      histogram: { 0: 1, 1: 21_344 },
    },
    {
      name: 'the edge of level 3',
      units: 57_035,
      list: demo,
      level: 3,
      remainder: 0,
      candidates: 12_345,
      histogram: { 1: 2_000, 2: 3_000, 3: 16_345 },
    },
    {
      name: 'one unit below level 3',
      units: 57_034,
      list: demo,
      level: 2,
      remainder: 16_344,
      candidates: 16_345,
      histogram: { 1: 2_000, 2: 3_001, 3: 16_344 },
    },
  ])('$name', ({ units, list, level, remainder, candidates, histogram }) => {
    const allocation = together(units, 5, list)
    expect(allocation.pool.share).toMatchObject({ level, remainder, candidates })
    expect(histogramOf(allocation.units)).toEqual(histogram)
    expect(allocation.allocated).toBe(units)
    expect(allocation.everyApplicantGetsOne).toBe(units >= list.length)
  })

  test('nobody applied: everything is left, and nobody went without', () => {
    expect(together(7, 5)).toMatchObject({
      ids: [],
      allocated: 0,
      unsold: 7,
      everyApplicantGetsOne: true,
      pool: { share: { level: 0, remainder: 0, candidates: 0 } },
    })
  })
})

test('an allocation of what parseDraw would refuse throws', () => {
  expect(() => allocate(drawOf({ units: -1 }, people([1])))).toThrow('units are a whole number')
  expect(() => allocate(drawOf({ units: 1.5 }, people([1])))).toThrow('units are a whole number')
  expect(() => allocate(drawOf({ cap: 0 }, people([1])))).toThrow('cap is at least 1')
  expect(() => allocate(drawOf({}, people([0])))).toThrow('a request is at least 1')
  expect(() => allocate(drawOf({}, [...people([1]), ...people([2])]))).toThrow('one application')
  expect(() => allocate(drawOf({ order: ['A'], householdCap: 3 }, []))).toThrow('not defined')
})
