import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, drawOf, people, shareOneByOne, sum, unitsById } from '../tests/_draw.ts'
import type { Draw } from './index.ts'

const grouped = (groups: Readonly<Record<string, readonly number[]>>) =>
  Object.entries(groups).flatMap(([group, requests]) =>
    people(requests, group.slice(0, 1)).map((application) => ({ ...application, group })),
  )
const twoGroups = ['resident', 'worker']

describe('groups in strict order', () => {
  const applications = grouped({ worker: [5, 5, 2], resident: [5, 3, 1] })

  test('the first group is served whole, the next shares what is left', () => {
    const allocation = allocate(drawOf({ units: 12, order: twoGroups }, applications))
    expect(unitsById(allocation)).toEqual({ r001: 5, r002: 3, r003: 1, w001: 1, w002: 1, w003: 1 })
  })

  test('the first group takes everything when it is short itself', () => {
    const allocation = allocate(drawOf({ units: 7, order: twoGroups }, applications))
    expect(unitsById(allocation)).toEqual({ r001: 3, r002: 3, r003: 1, w001: 0, w002: 0, w003: 0 })
    expect(allocation.everyApplicantGetsOne).toBe(false)
    expect(allocation).toMatchObject({
      groups: [
        { group: 'resident', round: 'g:resident', units: 7, allocated: 7 },
        { group: 'worker', round: 'g:worker', units: 0, allocated: 0 },
      ],
    })
  })

  test('a group cap replaces the cap, upwards and downwards', () => {
    const terms = {
      units: 40,
      cap: 5,
      order: ['child', 'worker'],
      groupCaps: { child: 7, worker: 2 },
    }
    const list = grouped({ child: [9, 6], worker: [5, 1] })
    expect(unitsById(allocate(drawOf(terms, list)))).toEqual({ c001: 7, c002: 6, w001: 2, w002: 1 })
  })

  test('a group named like a method of objects has the general cap', () => {
    const list = grouped({ toString: [9] })
    const terms = { units: 40, cap: 5, order: ['toString'], groupCaps: {} }
    expect(unitsById(allocate(drawOf(terms, list)))).toEqual({ t001: 5 })
  })
})

describe('groups by quota with spill', () => {
  test('five units that residents leave go to the workers, who draw the last one', () => {
    const allocation = allocate(
      drawOf(
        { units: 20, order: twoGroups, quota: { resident: 14, worker: 6 } },
        grouped({ resident: [5, 3, 1], worker: [5, 5, 2] }),
      ),
    )
    expect(allocation).toMatchObject({
      groups: [
        { group: 'resident', units: 14, allocated: 9, share: { level: 5, candidates: 0 } },
        {
          group: 'worker',
          round: 'q:worker',
          units: 11,
          allocated: 11,
          share: { level: 4, remainder: 1, candidates: 2 },
        },
      ],
      allocated: 20,
      unsold: 0,
    })
    expect(allocation.units.slice(0, 3)).toEqual([5, 3, 1])
  })

  test('spilled units are taken in group order, each at most its shortage', () => {
    const list = grouped({ a: [5, 5], b: [1], c: [5, 5, 5] })
    const terms = { units: 20, cap: 5, order: ['c', 'a', 'b'], quota: { c: 4, a: 6, b: 10 } }
    const allocation = allocate(drawOf(terms, list))
    expect(allocation).toMatchObject({
      groups: [
        { group: 'c', units: 13, allocated: 13 },
        { group: 'a', units: 6, allocated: 6 },
        { group: 'b', units: 10, allocated: 1 },
      ],
    })
  })
})

const order = ['c', 'a', 'b']

/** Three groups of up to eight people, with quotas that cut the units in three. */
const campaign = fc
  .record({
    requests: fc.tuple(
      ...['c', 'a', 'b'].map(() => fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 8 })),
    ),
    cuts: fc.tuple(fc.nat(25), fc.nat(25), fc.nat(25)),
    groupCap: fc.integer({ min: 1, max: 7 }),
  })
  .map(({ requests, cuts, groupCap }) => {
    const quota = Object.fromEntries(order.map((group, at) => [group, cuts[at] ?? 0]))
    const list = grouped(Object.fromEntries(order.map((group, at) => [group, requests[at] ?? []])))
    return drawOf({ units: sum(cuts), cap: 4, order, quota, groupCaps: { a: groupCap } }, list)
  })
const withoutQuota = (draw: Draw): Draw => {
  const { quota: _, ...terms } = draw.terms
  return { ...draw, terms }
}
const wishesOf = ({ terms, applications }: Draw, group: string) =>
  new Map(
    applications
      .filter((each) => each.group === group)
      .map(({ id, request }) => [id, Math.min(request, terms.groupCaps?.[group] ?? terms.cap)]),
  )

describe('300 random campaigns with groups', () => {
  test('strict order: handing out one unit a round, group after group, comes to the same', () => {
    fc.assert(
      fc.property(campaign.map(withoutQuota), (draw) => {
        const expected = new Map<string, number>()
        let left = draw.terms.units
        for (const group of order) {
          const wishes = wishesOf(draw, group)
          const given = shareOneByOne({ draw, round: `g:${group}`, units: left, wishes })
          for (const [id, units] of given) expected.set(id, units)
          left -= sum([...given.values()])
        }
        expect(unitsById(allocate(draw))).toEqual(Object.fromEntries(expected))
      }),
      { numRuns: 300 },
    )
  })

  test('quota: everything is sold or every wish is met, and no group gets less than its quota and its wishes allow', () => {
    fc.assert(
      fc.property(campaign, (draw) => {
        const allocation = allocate(draw)
        const given = unitsById(allocation)
        let asked = 0
        for (const group of order) {
          const wishes = wishesOf(draw, group)
          const wanted = sum([...wishes.values()])
          const own = sum([...wishes.keys()].map((id) => given[id] ?? 0))
          expect(own).toBeGreaterThanOrEqual(Math.min(wanted, draw.terms.quota?.[group] ?? 0))
          expect(own).toBeLessThanOrEqual(wanted)
          asked += wanted
        }
        expect(allocation.allocated).toBe(Math.min(draw.terms.units, asked))
      }),
      { numRuns: 300 },
    )
  })
})
