import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseClaims, premiumClaims, premiumOf, yen } from './index.ts'

type Entry = { at: string; code: string; yen: number }

const kinds = [
  { code: 'COMMON', premiumYen: 1000, faceYen: 6000 },
  { code: 'LIMITED', premiumYen: 1500, faceYen: 6500 },
]

function claimsOf(used: readonly Entry[], claims: readonly string[]) {
  const parsed = parseClaims({ kinds, used, claims })
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
  return premiumClaims(parsed.input)
}

const faultsOf = (value: unknown): string[] => {
  const parsed = parseClaims(value)
  return 'faults' in parsed ? parsed.faults.map(({ path, rule }) => `${path} ${rule}`) : []
}

test('a claim is what the cumulative premium grew by since the claim before', () => {
  const seven = Array.from({ length: 7 }, (_, day) => ({
    at: `2027-03-0${day + 1}T12:00:00+09:00`,
    code: 'COMMON',
    yen: 999,
  }))
  const [first, second] = claimsOf(seven, [
    '2027-03-04T00:00:00+09:00',
    '2027-04-01T00:00:00+09:00',
  ])
  expect(first).toEqual({
    at: '2027-03-04T00:00:00+09:00',
    kinds: {
      COMMON: { usedYen: 2997, premiumYen: 499, claimYen: 499 },
      LIMITED: { usedYen: 0, premiumYen: 0, claimYen: 0 },
    },
    claimYen: 499,
  })
  expect(second).toMatchObject({
    kinds: { COMMON: { usedYen: 6993, premiumYen: 1165, claimYen: 666 } },
    claimYen: 666,
  })
})

test('what is used at the very moment of a claim belongs to the next one', () => {
  const used = [{ at: '2027-03-31T15:00:00Z', code: 'COMMON', yen: 6000 }]
  const claims = claimsOf(used, ['2027-04-01T00:00:00+09:00', '2027-04-01T00:00:00.001+09:00'])
  expect(claims.map((claim) => claim.claimYen)).toEqual([0, 1000])
})

test('moments are compared as moments, whatever offset they are written in', () => {
  const used = [{ at: '2027-03-31T23:59:59Z', code: 'COMMON', yen: 6000 }]
  expect(claimsOf(used, ['2027-04-01T00:00:00+09:00'])).toMatchObject([{ claimYen: 0 }])
})

test('voids that outweigh what was used make a claim negative: the premium goes back', () => {
  const used = [
    { at: '2027-03-01T00:00:00Z', code: 'LIMITED', yen: 13_000 },
    { at: '2027-04-02T00:00:00Z', code: 'LIMITED', yen: -6500 },
  ]
  const claims = claimsOf(used, ['2027-04-01T00:00:00Z', '2027-05-01T00:00:00Z'])
  expect(claims.map((claim) => claim.claimYen)).toEqual([3000, -1500])
})

test('a total beyond what yen times premium fits a number is still exact', () => {
  const used = [{ at: '2027-03-01T00:00:00Z', code: 'COMMON', yen: Number.MAX_SAFE_INTEGER }]
  expect(claimsOf(used, ['2027-04-01T00:00:00Z'])).toMatchObject([
    { claimYen: 1_501_199_875_790_165 },
  ])
})

test.each([
  ['no kinds', { kinds: [], used: [], claims: [] }, ['kinds too_few']],
  ['nothing at all', {}, ['kinds missing', 'used missing', 'claims missing']],
  ['a kind twice', { kinds: [kinds[0], kinds[0]], used: [], claims: [] }, ['kinds[1].code twice']],
  [
    'a face of nothing',
    { kinds: [{ code: 'A', premiumYen: 0, faceYen: 0 }], used: [], claims: [] },
    ['kinds[0].faceYen integer'],
  ],
  [
    'a premium over the face',
    { kinds: [{ code: 'A', premiumYen: 7, faceYen: 6 }], used: [], claims: [] },
    ['kinds[0].premiumYen premium_over_face'],
  ],
  [
    'a kind that is not listed',
    { kinds, used: [{ at: '2027-03-01T00:00:00Z', code: 'CHILD', yen: 1 }], claims: [] },
    ['used[0].code unknown_kind'],
  ],
  [
    'a moment without its offset',
    { kinds, used: [], claims: ['2027-03-31T00:00:00'] },
    ['claims[0] instant'],
  ],
  [
    'half a yen',
    { kinds, used: [{ at: '2027-03-01T00:00:00Z', code: 'COMMON', yen: 0.5 }], claims: [] },
    ['used[0].yen integer'],
  ],
  [
    'claims out of order',
    { kinds, used: [], claims: ['2027-04-01T00:00:00Z', '2027-04-01T00:00:00+09:00'] },
    ['claims[1] claims_order'],
  ],
  [
    'one moment claimed twice',
    { kinds, used: [], claims: ['2027-04-01T00:00:00Z', '2027-04-01T09:00:00+09:00'] },
    ['claims[1] claims_order'],
  ],
  [
    'totals that no number holds',
    {
      kinds,
      used: [1, 2].map(() => ({ at: '2027-03-01T00:00:00Z', code: 'COMMON', yen: 2 ** 52 })),
      claims: [],
    },
    ['used total_too_large'],
  ],
])('refused with its path: %s', (_fact, value, faults) => {
  expect(faultsOf(value)).toEqual(faults)
})

const DAY = 86_400_000
const usedInYear = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 180 }).map((day) => day * DAY),
    code: fc.constantFrom('COMMON', 'LIMITED'),
    yen: fc.integer({ min: -3000, max: 50_000 }).map(yen),
  }),
  { maxLength: 60 },
)

test('claims so far are the premium of the total so far, in whatever order uses are listed', () => {
  fc.assert(
    fc.property(
      usedInYear,
      fc.uniqueArray(fc.integer({ min: 0, max: 180 }), { maxLength: 8 }),
      (used, days) => {
        const claims = [...days.toSorted((a, b) => a - b), 181].map((day) => ({
          at: day * DAY,
          text: String(day),
        }))
        const premiums = kinds.map((kind) => ({
          code: kind.code,
          premiumYen: yen(kind.premiumYen),
          faceYen: yen(kind.faceYen),
        }))
        const made = premiumClaims({ kinds: premiums, used, claims })
        const owedBefore = (at: number): bigint =>
          premiums.reduce((owed, kind) => {
            const ours = used.filter((entry) => entry.code === kind.code && entry.at < at)
            return owed + premiumOf(kind, BigInt(ours.reduce((sum, entry) => sum + entry.yen, 0)))
          }, 0n)
        let claimed = 0n
        for (const [index, claim] of made.entries()) {
          claimed += BigInt(claim.claimYen)
          expect(claimed).toBe(owedBefore(claims[index]?.at ?? 0))
        }
        expect(made).toHaveLength(claims.length)
      },
    ),
    { numRuns: 300 },
  )
})
