import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashes, people } from '../tests/_draw.ts'
import {
  buildPublication,
  canonicalJson,
  type DrawTerms,
  parsePublication,
  verifyPublication,
} from './index.ts'

const seedSecret = '0123456789abcdef'.repeat(4)
const terms: DrawTerms = { campaign: 'MIRAI2027', units: 10, cap: 5 }
const applications = people([5, 5, 3, 2])

const publish = (changes: Partial<Parameters<typeof buildPublication>[0]> = {}) =>
  buildPublication({
    seedSecret,
    terms,
    applications,
    program: 'minnaken 0.1.0',
    hashes,
    ...changes,
  })

type Tree = { [field: string]: unknown }
const asTree = (value: unknown): Tree => value as Tree

/** Verifies the published file after `change` was made to it. */
function verifyAfter(change: (publication: Tree, result: Tree) => void, text = publish().text) {
  const value: unknown = JSON.parse(text)
  change(asTree(value), asTree(asTree(value)['result']))
  const parsed = parsePublication(value)
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
  return verifyPublication(parsed.publication, hashes)
}

const grouped = {
  terms: { ...terms, order: ['b', 'a'], quota: { a: 4, b: 6 } },
  applications: applications.map((each, at) => ({ ...each, group: at < 2 ? 'a' : 'b' })),
}
const housed = {
  terms: { ...terms, householdCap: 7 },
  applications: applications.map((each, at) => ({ ...each, household: at < 2 ? 'H1' : 'H2' })),
}

describe('a publication', () => {
  test('holds the commit, the digests of commands.md and everything that decides the draw', () => {
    const { text } = publish(grouped)
    const published = JSON.parse(text)
    expect(Object.keys(published)).toEqual([
      'commit',
      'seedSecret',
      'terms',
      'applications',
      'listDigest',
      'membersDigest',
      'termsDigest',
      'result',
      'program',
    ])
    expect(published).toMatchObject({
      commit: hashes.sha256Hex(seedSecret),
      listDigest: hashes.sha256Hex('A001=5\nA002=5\nA003=3\nA004=2'),
      membersDigest: hashes.sha256Hex('A001=5;a;\nA002=5;a;\nA003=3;b;\nA004=2;b;'),
      termsDigest: hashes.sha256Hex(canonicalJson(grouped.terms)),
    })
    expect(published.result.listDigest).toBe(published.listDigest)
  })

  test('a household stands in the last field of the members, an empty group keeps its semicolon', () => {
    expect(JSON.parse(publish(housed).text).membersDigest).toBe(
      hashes.sha256Hex('A001=5;;H1\nA002=5;;H1\nA003=3;;H2\nA004=2;;H2'),
    )
    expect(JSON.parse(publish().text).membersDigest).toBe(
      hashes.sha256Hex('A001=5;;\nA002=5;;\nA003=3;;\nA004=2;;'),
    )
  })

  test('the same draw gives the same bytes, in whatever order the applications come', () => {
    const shuffled = [2, 0, 3, 1].flatMap((at) => applications[at] ?? [])
    expect(publish().text).toBe(publish({ applications: shuffled }).text)
    expect(publish().text).toBe(
      publish({ terms: { cap: 5, units: 10, campaign: 'MIRAI2027' } }).text,
    )
  })

  test('ids like numbers stay in code point order in the file', () => {
    const list = ['9', '10', 'A', '1'].map((id) => ({ id, request: 1 }))
    expect(publish({ applications: list }).text).toContain(
      '"allocation":{"1":1,"10":1,"9":1,"A":1}',
    )
  })

  test('the public value is part of the seed, not of the commit', () => {
    const terms40 = { ...terms, units: 60 }
    const list = people(Array.from({ length: 40 }, () => 2))
    const alone = publish({ terms: terms40, applications: list })
    const joined = publish({ terms: terms40, applications: list, publicValue: '38915.87' })
    expect(JSON.parse(joined.text).commit).toBe(JSON.parse(alone.text).commit)
    expect(joined.allocation.units).not.toEqual(alone.allocation.units)
  })

  test('what could not be verified is not published', () => {
    expect(() => publish({ seedSecret: 'short' })).toThrow('published soundly')
    expect(() => publish({ terms: { ...terms, cap: 0 } })).toThrow('published soundly')
    expect(() => publish({ applications: [...applications, ...people([1])] })).toThrow(
      'published soundly',
    )
  })
})

describe('verifying', () => {
  test.each([
    ['together', {}],
    ['with a public value', { publicValue: '38915.87' }],
    ['with a public value of several lines', { publicValue: '38915.87\n1.42\n' }],
    ['by quota', grouped],
    ['by household', housed],
    ['nobody applied', { applications: [] }],
  ])('a draw as it was published verifies: %s', (_, changes) => {
    expect(verifyAfter(() => undefined, publish(changes).text)).toEqual({
      verified: true,
      firstDifference: null,
    })
  })

  test('the order of the list and another program make no difference', () => {
    const verification = verifyAfter((publication) => {
      publication['applications'] = applications.toReversed()
      publication['program'] = { name: 'another', version: 2 }
    })
    expect(verification.verified).toBe(true)
  })

  const another = 'f'.repeat(64)
  test.each<[string, (publication: Tree, result: Tree) => void]>([
    ['commit', (publication) => (publication['seedSecret'] = another)],
    ['commit', (publication) => (publication['commit'] = another)],
    ['listDigest', (publication) => (publication['applications'] = people([5, 5, 3, 1]))],
    ['listDigest', (publication) => (publication['applications'] = people([5, 5, 3]))],
    ['listDigest', (publication) => (publication['listDigest'] = another)],
    [
      'membersDigest',
      (publication) =>
        (publication['applications'] = applications.map((each) => ({ ...each, group: 'a' }))),
    ],
    ['termsDigest', (publication) => (publication['terms'] = { ...terms, units: 11 })],
    ['termsDigest', (publication) => (publication['terms'] = { ...terms, round: 'r1' })],
    ['result.level', (_, result) => (result['level'] = 3)],
    ['result.level', (_, result) => (result['level'] = '2')],
    ['result.remainder', (_, result) => delete result['remainder']],
    ['result.winners[0]', (_, result) => (result['winners'] = ['A004'])],
    ['result.winners[2]', (_, result) => (result['winners'] = [...(result['winners'] as []), 'A'])],
    ['result.winners', (_, result) => (result['winners'] = 2)],
    ['result.base.A002', (_, result) => (asTree(result['base'])['A002'] = 3)],
    ['result.allocation.A004', (_, result) => (asTree(result['allocation'])['A004'] = 3)],
    ['result.allocation.A001', (_, result) => delete asTree(result['allocation'])['A001']],
    ['result.allocation["A 9"]', (_, result) => (asTree(result['allocation'])['A 9'] = 1)],
    ['result.allocation', (_, result) => (result['allocation'] = null)],
    ['result.everyApplicantGetsOne', (_, result) => (result['everyApplicantGetsOne'] = false)],
    ['result.listDigest', (_, result) => (result['listDigest'] = another)],
    ['result.groups', (_, result) => (result['groups'] = [])],
    ['result', (publication) => (publication['result'] = null)],
  ])('a change is found at %s', (path, change) => {
    const { verified, firstDifference } = verifyAfter((publication, result) => {
      change(publication, result)
    })
    expect(verified).toBe(false)
    expect(firstDifference?.path).toBe(path)
    expect(firstDifference?.published).not.toEqual(firstDifference?.computed)
  })

  test('the difference tells what was published and what comes out', () => {
    expect(
      verifyAfter((_, result) => void (asTree(result['allocation'])['A004'] = 3)).firstDifference,
    ).toEqual({
      path: 'result.allocation.A004',
      published: 3,
      computed: 2,
    })
    expect(verifyAfter((_, result) => void delete result['unsold']).firstDifference).toEqual({
      path: 'result.unsold',
      published: null,
      computed: 0,
    })
  })

  test('changes in groups and households are found at their place', () => {
    const inGroup = verifyAfter((_, result) => {
      asTree((result['groups'] as unknown[])[1])['units'] = 4
    }, publish(grouped).text)
    expect(inGroup.firstDifference?.path).toBe('result.groups[1].units')
    const inHome = verifyAfter((_, result) => {
      asTree(result['households'])['H2'] = 1
    }, publish(housed).text)
    expect(inHome.firstDifference?.path).toBe('result.households.H2')
  })

  test('swapping what any two people won is always found', () => {
    const list = people([5, 5, 5, 5, 5, 5])
    const { text, allocation } = publish({ applications: list, terms: { ...terms, units: 15 } })
    fc.assert(
      fc.property(fc.nat(5), fc.nat(5), (a, b) => {
        const [x, y] = [allocation.units[a] ?? 0, allocation.units[b] ?? 0]
        const { verified } = verifyAfter((_, result) => {
          const units = asTree(result['allocation'])
          units[allocation.ids[a] ?? ''] = y
          units[allocation.ids[b] ?? ''] = x
        }, text)
        expect(verified).toBe(x === y)
      }),
      { numRuns: 100 },
    )
  })
})

describe('a publication that cannot be checked is refused with the path', () => {
  const value = () => JSON.parse(publish().text) as Tree
  test.each([
    ...['commit', 'seedSecret', 'terms', 'applications', 'listDigest'].map(
      (field) => [field, { [field]: undefined }] as const,
    ),
    ...['membersDigest', 'termsDigest', 'result', 'program'].map(
      (field) => [field, { [field]: undefined }] as const,
    ),
    ['seedSecret', { seedSecret: 'abc' }],
    ['seedSecret', { seedSecret: 'g'.repeat(64) }],
    ['publicValue', { publicValue: 5 }],
    ['commit', { commit: 5 }],
    ['terms', { terms: [] }],
    ['terms.units', { terms: { ...terms, units: -1 } }],
    ['terms.seed', { terms: { ...terms, seed: 'x' } }],
    ['terms.applications', { terms: { ...terms, applications: [] } }],
    ['terms.quota', { terms: { ...terms, quota: {} } }],
    ['applications[0].request', { applications: [{ id: 'A', request: 0 }] }],
    ['applications[0].id', { applications: [{ id: '', request: 1 }] }],
    ['extra', { extra: 1 }],
  ] as readonly (readonly [string, Tree])[])('%s: %j', (path, change) => {
    const changed = Object.fromEntries(
      Object.entries({ ...value(), ...change }).filter(([, field]) => field !== undefined),
    )
    const parsed = parsePublication(changed)
    expect('faults' in parsed && parsed.faults.map((fault) => fault.path)).toEqual([path])
  })
})
