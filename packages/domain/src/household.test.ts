import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, drawOf, shareOneByOne, sum, unitsById } from '../tests/_draw.ts'
import type { Draw, DrawApplication } from './index.ts'

/** Households by name, each with its members' requests: `H1` with `[5, 5]` is `H1-0` and `H1-1`. */
const homes = (requests: Readonly<Record<string, readonly number[]>>): DrawApplication[] =>
  Object.entries(requests).flatMap(([household, wanted]) =>
    wanted.map((request, at) => ({ id: `${household}-${at}`, request, household })),
  )

const allocateHomes = (draw: Draw) => {
  const allocation = allocate(draw)
  if (allocation.kind !== 'households') throw new Error('by household')
  const { ids, share } = allocation.pool
  const shares = Object.fromEntries(ids.map((id, at) => [id, share.units[at] ?? 0]))
  return { allocation, share, shares }
}

describe('households', () => {
  const three = homes({ H1: [5, 5], H2: [5], H3: [2] })

  test('all household wishes fit: the household of two shares its cap of 8 evenly', () => {
    const { allocation, share, shares } = allocateHomes(
      drawOf({ units: 15, householdCap: 8 }, three),
    )
    expect(shares).toEqual({ H1: 8, H2: 5, H3: 2 })
    expect(unitsById(allocation)).toEqual({ 'H1-0': 4, 'H1-1': 4, 'H2-0': 5, 'H3-0': 2 })
    expect(share).toMatchObject({ level: 8, remainder: 0, candidates: 0 })
  })

  test('11 units: level 4, and one unit is drawn between the two that are short', () => {
    const { share, shares } = allocateHomes(drawOf({ units: 11, householdCap: 8 }, three))
    expect(share).toMatchObject({ level: 4, remainder: 1, candidates: 2, base: [4, 4, 2] })
    expect([
      { H1: 5, H2: 4, H3: 2 },
      { H1: 4, H2: 5, H3: 2 },
    ]).toContainEqual(shares)
  })

  test('a family of five keeps five units where single people are raised only to two', () => {
    const list = homes({ F: [3, 3, 3, 3, 3], S1: [5], S2: [5] })
    const { allocation, share, shares } = allocateHomes(
      drawOf({ units: 9, householdCap: 10 }, list),
    )
    expect(share).toMatchObject({ level: 2, remainder: 0, candidates: 2 })
    expect(shares).toEqual({ F: 5, S1: 2, S2: 2 })
    expect(allocation.units).toEqual([1, 1, 1, 1, 1, 2, 2])
  })

  test('a household above the level by its size is no candidate for the remainder', () => {
    const list = homes({ F: [3, 3, 3, 3, 3], S1: [5], S2: [5] })
    const { share, shares } = allocateHomes(drawOf({ units: 10, householdCap: 10 }, list))
    expect(share).toMatchObject({ level: 2, remainder: 1, candidates: 2 })
    expect(shares['F']).toBe(5)
  })

  test('once the level reaches a household of that size it is raised with the others', () => {
    const list = homes({ F: [5, 5], S: [5] })
    expect(allocateHomes(drawOf({ units: 4, householdCap: 10 }, list)).share).toMatchObject({
      level: 2,
      remainder: 0,
      candidates: 2,
    })
    expect(allocateHomes(drawOf({ units: 5, householdCap: 10 }, list)).share).toMatchObject({
      level: 2,
      remainder: 1,
      candidates: 2,
    })
  })

  test('too few units for one per member: size no longer counts, and not everyone can win', () => {
    const list = homes({ F: [3, 3, 3, 3], S1: [5], S2: [5] })
    const { allocation, share, shares } = allocateHomes(drawOf({ units: 5, householdCap: 8 }, list))
    expect(share).toMatchObject({ level: 1, remainder: 2, candidates: 3 })
    expect(sum(Object.values(shares))).toBe(5)
    expect(Math.max(...Object.values(shares))).toBe(2)
    expect(allocation.everyApplicantGetsOne).toBe(false)
  })

  test('exactly one unit per member: everyone wins one', () => {
    const list = homes({ F: [3, 3, 3, 3], S1: [5], S2: [5] })
    const { allocation } = allocateHomes(drawOf({ units: 6, householdCap: 8 }, list))
    expect(allocation.units).toEqual([1, 1, 1, 1, 1, 1])
  })

  test('a household cap below the members leaves some of them without', () => {
    const { allocation } = allocateHomes(
      drawOf({ units: 50, householdCap: 2 }, homes({ F: [1, 1, 1] })),
    )
    expect(allocation).toMatchObject({ allocated: 2, unsold: 48, everyApplicantGetsOne: false })
  })

  test('the cap per person holds inside a household', () => {
    const { allocation } = allocateHomes(
      drawOf({ units: 50, cap: 3, householdCap: 20 }, homes({ F: [9, 1] })),
    )
    expect(unitsById(allocation)).toEqual({ 'F-0': 3, 'F-1': 1 })
  })
})

const drawArbitrary = fc
  .record({
    sizes: fc.array(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }), {
      maxLength: 12,
    }),
    cap: fc.integer({ min: 1, max: 5 }),
    householdCap: fc.integer({ min: 1, max: 12 }),
    units: fc.integer({ min: 0, max: 80 }),
    seed: fc.string({ minLength: 1, maxLength: 5 }),
  })
  .map(({ sizes, cap, householdCap, units, seed }) => {
    const list = homes(Object.fromEntries(sizes.map((requests, at) => [`H${at}`, requests])))
    return drawOf({ units, cap, householdCap }, list, seed)
  })

function membersOf(draw: Draw) {
  const members = new Map<string, Map<string, number>>()
  for (const { id, request, household = '' } of draw.applications) {
    const own = members.get(household) ?? new Map<string, number>()
    members.set(household, own.set(id, Math.min(request, draw.terms.cap)))
  }
  const householdCap = draw.terms.householdCap ?? 0
  const wishes = new Map(
    [...members].map(([home, own]) => [home, Math.min(householdCap, sum([...own.values()]))]),
  )
  const sizes = new Map([...members].map(([home, own]) => [home, own.size]))
  return { members, wishes, sizes }
}

const always = (law: (draw: Draw) => void) =>
  fc.assert(fc.property(drawArbitrary, law), { numRuns: 500 })

describe('500 random campaigns with households', () => {
  test('everyone still wins whenever there are as many units as people and no household cap is below its members', () =>
    always((draw) => {
      const { sizes } = membersOf(draw)
      const roomy = [...sizes.values()].every((size) => size <= (draw.terms.householdCap ?? 0))
      if (!roomy || draw.terms.units < draw.applications.length) return
      expect(allocate(draw).everyApplicantGetsOne).toBe(true)
    }))

  test('everything is sold, or every household wish is met; no household exceeds its cap', () =>
    always((draw) => {
      const { allocation, shares } = allocateHomes(draw)
      const { wishes } = membersOf(draw)
      expect(allocation.allocated).toBe(Math.min(draw.terms.units, sum([...wishes.values()])))
      expect(sum(Object.values(shares))).toBe(allocation.allocated)
      for (const [home, units] of Object.entries(shares))
        expect(units).toBeLessThanOrEqual(wishes.get(home) ?? 0)
    }))

  test('handing out one unit a round, first to households and then inside, comes to the same', () =>
    always((draw) => {
      const { members, wishes, sizes } = membersOf(draw)
      const { units } = draw.terms
      const least = sum([...wishes].map(([home, wish]) => Math.min(wish, sizes.get(home) ?? 0)))
      const shares = shareOneByOne({
        draw,
        round: 'h',
        units,
        wishes,
        ...(least <= units ? { sizes } : {}),
      })
      const expected = [...members].flatMap(([home, own]) => [
        ...shareOneByOne({ draw, round: `m:${home}`, units: shares.get(home) ?? 0, wishes: own }),
      ])
      expect(unitsById(allocate(draw))).toEqual(Object.fromEntries(expected))
    }))
})
