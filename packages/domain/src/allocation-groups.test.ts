import { describe, expect, test } from 'vitest'
import { allocate, drawOf, people, unitsById } from '../tests/_draw.ts'

const grouped = (groups: Readonly<Record<string, readonly number[]>>) =>
  Object.entries(groups).flatMap(([group, requests]) =>
    people(requests, group.slice(0, 1)).map((application) => ({ ...application, group })),
  )
const order = ['resident', 'worker']

describe('groups in strict order', () => {
  const applications = grouped({ worker: [5, 5, 2], resident: [5, 3, 1] })

  test('the first group is served whole, the next shares what is left', () => {
    const allocation = allocate(drawOf({ units: 12, order }, applications))
    expect(unitsById(allocation)).toEqual({ r001: 5, r002: 3, r003: 1, w001: 1, w002: 1, w003: 1 })
  })

  test('the first group takes everything when it is short itself', () => {
    const allocation = allocate(drawOf({ units: 7, order }, applications))
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
        { units: 20, order, quota: { resident: 14, worker: 6 } },
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
