import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, drawOf, hashes, people } from '../tests/_draw.ts'
import { type Draw, explainerOf, explainResult } from './index.ts'

const explain = (draw: Draw, id: string) =>
  explainResult({ draw, allocation: allocate(draw), hashes, id })

describe('why so many units', () => {
  const draw = drawOf({ units: 10, cap: 4 }, people([9, 5, 3, 2]))

  test('who was drawn for hears the request, the level, the rank, and the proof', () => {
    const facts = people([9, 5, 3, 2])
      .slice(0, 3)
      .map(({ id }) => explain(draw, id))
    expect(facts[0]).toMatchObject({
      id: 'A001',
      requested: 9,
      effective: 4,
      level: 2,
      base: 2,
      candidates: 3,
      remainder: 2,
      round: 'r1',
      message: 'MIRAI2027:r1:A001',
      score: hashes.hmacSha256Hex('invented seed', 'MIRAI2027:r1:A001'),
      group: null,
      household: null,
    })
    const byScore = facts.toSorted((a, b) => ((a?.score ?? '') < (b?.score ?? '') ? -1 : 1))
    expect(byScore.map((fact) => fact?.rank)).toEqual([1, 2, 3])
    expect(byScore.map((fact) => fact?.won)).toEqual([true, true, false])
    expect(byScore.map((fact) => fact?.units)).toEqual([3, 3, 2])
  })

  test('whose wish is met has no rank', () => {
    expect(explain(draw, 'A004')).toMatchObject({ units: 2, base: 2, won: false, rank: null })
  })

  test('nobody has a rank where the level comes out even', () => {
    const even = drawOf({ units: 14 }, people([5, 5, 5, 1, 1, 5]))
    expect(explain(even, 'A001')).toMatchObject({
      level: 3,
      units: 3,
      candidates: 4,
      remainder: 0,
      rank: null,
      won: false,
    })
  })

  test('who did not apply has no result', () => {
    expect(explain(draw, 'A999')).toBeNull()
  })

  test('a group is explained by its own round and cap', () => {
    const list = people([9, 9, 1]).map((each, at) => ({ ...each, group: at < 2 ? 'a' : 'b' }))
    const terms = { units: 8, order: ['b', 'a'], groupCaps: { a: 7 } }
    expect(explain(drawOf(terms, list), 'A001')).toMatchObject({
      group: 'a',
      round: 'g:a',
      effective: 7,
      level: 3,
      base: 3,
      remainder: 1,
      candidates: 2,
    })
  })

  test('a member of a household hears of the household round and of the round inside', () => {
    const list = people([5, 5, 5]).map((each, at) => ({
      ...each,
      household: at < 2 ? 'H1' : 'H2',
    }))
    const fact = explain(drawOf({ units: 7, householdCap: 8 }, list), 'A001')
    expect(fact).toMatchObject({
      round: 'm:H1',
      household: { household: 'H1', members: 2, round: 'h', level: 3, base: 3, candidates: 2 },
    })
    expect(fact?.household?.message).toBe('MIRAI2027:h:H1')
    expect(fact?.household?.units).toBe(fact?.household?.won === true ? 4 : 3)
  })
})

test('in 300 random campaigns, base and draw together explain everybody’s units', () => {
  const requests = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 25 })
  const kind = fc.constantFrom({}, { order: ['a', 'b'] }, { householdCap: 6 })
  fc.assert(
    fc.property(requests, kind, fc.integer({ min: 0, max: 60 }), (wanted, policy, units) => {
      const list = people(wanted).map((each, at) => ({
        ...each,
        group: at % 3 === 0 ? 'a' : 'b',
        household: `H${Math.floor(at / 2)}`,
      }))
      const draw = drawOf({ units, cap: 4, ...policy }, list)
      const allocation = allocate(draw)
      const explained = explainerOf({ draw, allocation, hashes })
      for (const [at, id] of allocation.ids.entries()) {
        const fact = explained(id)
        expect(fact).toMatchObject({ id, units: allocation.units[at] })
        expect((fact?.base ?? 0) + (fact?.won === true ? 1 : 0)).toBe(allocation.units[at])
        expect(fact?.won).toBe(fact?.rank !== null && (fact?.rank ?? 0) <= (fact?.remainder ?? 0))
      }
    }),
    { numRuns: 300 },
  )
})
