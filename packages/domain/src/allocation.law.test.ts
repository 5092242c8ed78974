import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, drawOf, hashes, people, shareOneByOne, sum, unitsById } from '../tests/_draw.ts'
import { findLevel } from './allocation-level.ts'
import { allocateUnits, type Allocation, type Draw } from './index.ts'

const requests = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 })
const cap = fc.integer({ min: 1, max: 7 })
const seed = fc.string({ minLength: 1, maxLength: 8 })

/** A campaign from far too few units to more than enough. */
const campaign = fc
  .record({ wanted: requests, cap, seed, scarcity: fc.integer({ min: 0, max: 120 }) })
  .map(({ wanted, cap: most, seed: text, scarcity }) => {
    const asked = sum(wanted.map((request) => Math.min(request, most)))
    const units = Math.floor((asked * scarcity) / 100)
    return drawOf({ units, cap: most }, people(wanted), text)
  })

/** Runs the law over 500 random campaigns. */
const always = (law: (draw: Draw, allocation: Allocation) => void) =>
  fc.assert(
    fc.property(campaign, (draw) => law(draw, allocate(draw))),
    { numRuns: 500 },
  )
const wishesOf = ({ terms, applications }: Draw) =>
  applications.map(({ request }) => Math.min(request, terms.cap))

describe('500 random campaigns', () => {
  test('everything is sold, or every wish is met', () =>
    always((draw, allocation) => {
      const asked = sum(wishesOf(draw))
      expect(sum(allocation.units)).toBe(Math.min(draw.terms.units, asked))
      expect(allocation.allocated + allocation.unsold).toBe(draw.terms.units)
      expect(allocation.unsold).toBe(Math.max(0, draw.terms.units - asked))
    }))

  test('nobody gets more than the request or the cap', () =>
    always((draw, { units }) => {
      for (const [at, wish] of wishesOf(draw).entries()) expect(units[at]).toBeLessThanOrEqual(wish)
    }))

  test('two people who are both still short differ by at most one unit', () =>
    always((draw, { units }) => {
      const wishes = wishesOf(draw)
      const short = units.filter((given, at) => given < (wishes[at] ?? 0))
      expect(new Set(short).size).toBeLessThanOrEqual(2)
      expect(Math.max(0, ...short) - Math.min(...short)).toBeLessThanOrEqual(1)
    }))

  test('nobody is cut below what somebody else keeps, except by the one drawn unit', () =>
    always((draw, { units }) => {
      const wishes = wishesOf(draw)
      const most = Math.max(0, ...units)
      const short = units.filter((given, at) => given < (wishes[at] ?? 0))
      expect(Math.min(most, ...short)).toBeGreaterThanOrEqual(most - 1)
    }))

  test('everyone who applied can buy exactly when there are as many units as applicants', () =>
    always((draw, allocation) => {
      const enough = draw.terms.units >= draw.applications.length
      expect(allocation.units.every((given) => given >= 1)).toBe(enough)
      expect(allocation.everyApplicantGetsOne).toBe(enough)
    }))

  test('there are always more candidates than units to draw', () =>
    always((_, allocation) => {
      if (allocation.kind !== 'together') throw new Error('one pool')
      const { remainder, candidates, drawn } = allocation.pool.share
      expect(remainder === 0 || remainder < candidates).toBe(true)
      expect(drawn.length).toBe(remainder === 0 ? 0 : candidates)
    }))

  test('handing out one unit a round comes to the same', () =>
    always((draw, allocation) => {
      const wishes = new Map(
        draw.applications.map(({ id, request }) => [id, Math.min(request, draw.terms.cap)]),
      )
      const { units } = draw.terms
      expect(unitsById(allocation)).toEqual(
        Object.fromEntries(shareOneByOne({ draw, round: 'r1', units, wishes })),
      )
    }))

  test('the order of the applications does not matter', () => {
    fc.assert(
      fc.property(campaign, fc.infiniteStream(fc.nat()), (draw, keys) => {
        const keyed = draw.applications.map((application) => ({
          application,
          key: keys.next().value ?? 0,
        }))
        const shuffled = keyed.toSorted((a, b) => a.key - b.key).map((each) => each.application)
        expect(allocate({ ...draw, applications: shuffled })).toEqual(allocate(draw))
      }),
      { numRuns: 200 },
    )
  })

  test('who has which id decides nothing but the draw', () =>
    fc.assert(
      fc.property(campaign, (draw) => {
        const mirrored = draw.applications.map(({ id }, at) => ({
          id,
          request: draw.applications.at(-1 - at)?.request ?? 1,
        }))
        const sorted = (list: Draw['applications']) =>
          allocate({ ...draw, applications: list }).units.toSorted((a, b) => a - b)
        expect(sorted(mirrored)).toEqual(sorted(draw.applications))
      }),
      { numRuns: 200 },
    ))
})

test('one more unit takes nothing from anybody: a level never falls', () => {
  const wishes = [5, 5, 3, 2, 9, 1, 1]
  let before = findLevel({ units: 0, wishes })
  for (let units = 1; units <= 30; units++) {
    const now = findLevel({ units, wishes })
    expect(now.level).toBeGreaterThanOrEqual(before.level)
    before = now
  }
})

test('ten-digit wishes of many people are shared without a table of ten digits', () => {
  const wishes = Array.from({ length: 1_000 }, () => 9_999_999_999)
  expect(findLevel({ units: 9_999_999_999, wishes })).toEqual({
    level: 9_999_999,
    remainder: 999,
    candidates: 1_000,
  })
})

/** How far the wins are from even, in χ²; each of `people` is expected `wins / people` times. */
function chiSquare(wins: readonly number[]): number {
  const expected = sum(wins) / wins.length
  return sum(wins.map((seen) => (seen - expected) ** 2 / expected))
}

/** Lets `A001` come first in one draw of sixteen more than its share. */
function rigged(key: string, message: string): string {
  const score = hashes.hmacSha256Hex(key, message)
  return message.endsWith('A001') && score > 'f' ? `0${score.slice(1)}` : score
}

describe('the draw favours nobody', () => {
  const applicants = people(Array.from({ length: 10 }, () => 2))
  const winsOver = (draws: number, hmacSha256Hex = hashes.hmacSha256Hex) => {
    const wins = applicants.map(() => 0)
    for (let run = 0; run < draws; run++) {
      const draw = drawOf({ units: 13 }, applicants, `seed ${run}`)
      const { units } = allocateUnits({ draw, hashes: { ...hashes, hmacSha256Hex } })
      for (const [at, given] of units.entries()) if (given === 2) wins[at] = (wins[at] ?? 0) + 1
    }
    return wins
  }
  /** χ² with 9 degrees of freedom is above 27.9 once in a thousand. */
  const limit = 27.9

  test('over 3,000 fixed seeds everyone wins equally often', () => {
    const wins = winsOver(3_000)
    expect(sum(wins)).toBe(9_000)
    expect(chiSquare(wins)).toBeLessThan(limit)
  })

  test('the same measure sees a draw that prefers early ids a little', () => {
    expect(chiSquare(winsOver(3_000, rigged))).toBeGreaterThan(limit)
  })

  test('neighbouring ids do not win together', () => {
    let both = 0
    for (let run = 0; run < 3_000; run++) {
      const { units } = allocate(drawOf({ units: 13 }, applicants, `pair ${run}`))
      if (units[0] === 2 && units[1] === 2) both++
    }
    /** Two given people of ten are both among three in 1 of 15 draws: 200, give or take 41 (3σ). */
    expect(Math.abs(both - 200)).toBeLessThan(41)
  })
})
