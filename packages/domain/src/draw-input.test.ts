import { describe, expect, test } from 'vitest'
import { drawFaultsMax } from './draw-reader.ts'
import { parseDraw } from './index.ts'

const sound = {
  algorithm: 'maxmin-v1',
  campaign: 'MIRAI2027',
  round: 'r1',
  seed: 'any text',
  units: 10,
  cap: 5,
  applications: [
    { id: 'A1', request: 5 },
    { id: 'A2', request: 2 },
  ],
}
const groups = {
  ...sound,
  order: ['resident', 'worker'],
  quota: { resident: 6, worker: 4 },
  groupCaps: { worker: 7 },
  applications: [
    { id: 'A1', request: 5, group: 'worker' },
    { id: 'A2', request: 2, group: 'resident' },
  ],
}
const households = {
  ...sound,
  householdCap: 8,
  applications: [{ id: 'A1', request: 5, household: 'H1' }],
}
const without = (value: object, field: string) =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== field))
/** One application, in a draw that is otherwise sound. */
const one = (application: unknown, of: object = sound) => ({ ...of, applications: [application] })

const pathsOf = (value: unknown) => {
  const parsed = parseDraw(value)
  return 'faults' in parsed ? parsed.faults.map(({ path, rule }) => `${path} ${rule}`) : 'read'
}

describe('a sound draw is read', () => {
  test.each([
    ['everyone together', sound],
    ['algorithm and round left out', without(without(sound, 'algorithm'), 'round')],
    ['by quota', groups],
    ['in strict order', without(groups, 'quota')],
    ['by household', households],
    ['a seed of several lines', { ...sound, seed: 'any\ntext\t' }],
    ['nobody applied and nothing to share', { ...sound, units: 0, applications: [] }],
    ['a request above the cap and above the units', one({ id: 'A1', request: 9_999_999_999 })],
    ['a quota of nothing for one group', { ...groups, quota: { resident: 10, worker: 0 } }],
    [
      'groups and households that nothing depends on',
      one({ id: 'A1', request: 1, group: 'child', household: '' }),
    ],
    ['ids with = ; : and blanks', one({ id: ' a=1;b:c ', request: 1 })],
    ['an id named __proto__', JSON.parse(JSON.stringify(one({ id: '__proto__', request: 1 })))],
  ])('%s', (_, value) => {
    expect(pathsOf(value)).toBe('read')
  })

  test('the terms are everything but seed and applications, as they were written', () => {
    const parsed = parseDraw(groups)
    if ('faults' in parsed) throw new Error('sound')
    expect(parsed.draw.terms).toEqual(without(without(groups, 'seed'), 'applications'))
    expect(parsed.draw.seed).toBe('any text')
    expect(parsed.draw.applications).toEqual(groups.applications)
  })
})

describe('refused with the path', () => {
  test.each([
    [['[] object'], []],
    [['null object'], null],
  ])('%s', (_, value) => {
    expect(pathsOf(value)).toEqual([' object'])
  })

  test.each(['campaign', 'seed', 'units', 'cap', 'applications'])('%s is missing', (field) => {
    expect(pathsOf(without(sound, field))).toEqual([`${field} missing`])
  })

  test.each([
    ['units integer', { ...sound, units: -1 }],
    ['units integer', { ...sound, units: 1.5 }],
    ['units integer', { ...sound, units: '10' }],
    ['units integer', { ...sound, units: null }],
    ['units integer', { ...sound, units: 10_000_000_000 }],
    ['units integer', { ...sound, units: 2 ** 53 + 2 }],
    ['cap integer', { ...sound, cap: 0 }],
    ['cap integer', { ...sound, cap: 2.5 }],
    ['seed text', { ...sound, seed: 5 }],
    ['seed text', { ...sound, seed: '' }],
    ['seed text', { ...sound, seed: 'a\ud83d' }],
    ['campaign text', { ...sound, campaign: 'a\nb' }],
    ['round text', { ...sound, round: '' }],
    ['algorithm one_of', { ...sound, algorithm: 'maxmin-v2' }],
    ['algorithm one_of', { ...sound, algorithm: null }],
    ['note unknown_field', { ...sound, note: 'x' }],
    ['order list', { ...sound, order: 'resident' }],
    ['order too_few', { ...sound, order: [] }],
    ['order[1] twice', { ...groups, order: ['resident', 'resident'] }],
    ['order[0] text', { ...groups, order: [1, 'worker'] }],
    ['order[0] text', { ...groups, order: ['a;b'] }],
    ['householdCap integer', { ...households, householdCap: 0 }],
    ['householdCap not_with_order', { ...groups, householdCap: 8 }],
    ['quota needs_order', { ...sound, quota: { resident: 10 } }],
    ['groupCaps needs_order', { ...sound, groupCaps: { child: 7 } }],
    ['quota object', { ...groups, quota: [6, 4] }],
    ['quota.worker integer', { ...groups, quota: { resident: 11, worker: -1 } }],
    ['quota quota_total', { ...groups, quota: { resident: 6, worker: 5 } }],
    ['quota quota_total', { ...groups, quota: { resident: 6, worker: 3 } }],
    ['quota.worker missing', { ...groups, quota: { resident: 10 } }],
    ['quota.child unknown_group', { ...groups, quota: { resident: 6, worker: 4, child: 0 } }],
    ['groupCaps.child unknown_group', { ...groups, groupCaps: { child: 7 } }],
    ['groupCaps["a b"] unknown_group', { ...groups, groupCaps: { 'a b': 7 } }],
    ['groupCaps.worker integer', { ...groups, groupCaps: { worker: 0 } }],
  ])('%s', (fault, value) => {
    expect(pathsOf(value)).toEqual([fault])
  })

  test.each([
    ['applications list', { ...sound, applications: {} }],
    ['applications[0] object', one('A1')],
    ['applications[0] object', one(null)],
    ['applications[0].id missing', one({ request: 1 })],
    ['applications[0].id text', one({ id: '', request: 1 })],
    ['applications[0].id text', one({ id: 7, request: 1 })],
    ['applications[0].id text', one({ id: 'a\nb', request: 1 })],
    ['applications[0].id text', one({ id: 'a\ud83d', request: 1 })],
    ['applications[0].request missing', one({ id: 'A1' })],
    ['applications[0].request integer', one({ id: 'A1', request: 0 })],
    ['applications[0].request integer', one({ id: 'A1', request: -2 })],
    ['applications[0].request integer', one({ id: 'A1', request: 1.5 })],
    ['applications[0].request integer', one({ id: 'A1', request: '1' })],
    ['applications[0].name unknown_field', one({ id: 'A1', request: 1, name: 'x' })],
    ['applications[0].group text', one({ id: 'A1', request: 1, group: null })],
    ['applications[0].group text', one({ id: 'A1', request: 1, group: 'a;b' })],
    ['applications[0].household text', one({ id: 'A1', request: 1, household: 5 })],
    ['applications[0].group missing', one({ id: 'A1', request: 1 }, groups)],
    ['applications[0].group unknown_group', one({ id: 'A1', request: 1, group: 'child' }, groups)],
    ['applications[0].group text', one({ id: 'A1', request: 1, group: '' }, groups)],
    ['applications[0].household missing', one({ id: 'A1', request: 1 }, households)],
    ['applications[0].household text', one({ id: 'A1', request: 1, household: '' }, households)],
  ])('%s', (fault, value) => {
    expect(pathsOf(value)).toEqual([fault])
  })

  test('an id twice, at the second one', () => {
    const applications = [...sound.applications, { id: 'A1', request: 1 }]
    expect(pathsOf({ ...sound, applications })).toEqual(['applications[2].id twice'])
  })

  test('all faults, up to twenty', () => {
    const applications = Array.from({ length: 1_000 }, (_, at) => ({ id: `A${at}`, request: 0 }))
    expect(
      pathsOf({
        ...sound,
        applications: [
          { id: 'A', request: 0 },
          { id: '', request: 1 },
        ],
      }),
    ).toEqual(['applications[0].request integer', 'applications[1].id text'])
    expect(pathsOf({ ...sound, applications })).toHaveLength(drawFaultsMax)
  })
})
