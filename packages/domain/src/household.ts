import { runPool, sumOf, type Pool, type Scorer } from './allocation-pool.ts'
import { assert } from './assert.ts'
import { compareCodePoints } from './draw-order.ts'
import type { DrawApplication, DrawTerms } from './draw-terms.ts'

/** The people of one household, in order of their ids, each with a wish under the cap per person. */
export type Household = Readonly<{
  household: string
  /** Positions in the list of applications. */
  positions: readonly number[]
  ids: readonly string[]
  wishes: readonly number[]
}>

/**
 * Gathers the applications into households, in code point order of the households' names.
 *
 * `applications` are in order of their ids, and each names its household.
 */
export function householdsOf(
  terms: DrawTerms,
  applications: readonly DrawApplication[],
): readonly Household[] {
  const byName = new Map<
    string,
    { household: string; positions: number[]; ids: string[]; wishes: number[] }
  >()
  for (const [position, { id, request, household }] of applications.entries()) {
    assert(household !== undefined, 'every application names its household')
    let own = byName.get(household)
    if (own === undefined) {
      own = { household, positions: [], ids: [], wishes: [] }
      byName.set(household, own)
    }
    own.positions.push(position)
    own.ids.push(id)
    own.wishes.push(Math.min(request, terms.cap))
  }
  return [...byName.values()].toSorted((a, b) => compareCodePoints(a.household, b.household))
}

/**
 * Shares units among households, so that every member keeps at least one where there are enough.
 *
 * A household's wish is the sum of its members' wishes, at most the household cap. At a level each
 * household is given the level, or one unit per member if that is more, and never above its wish.
 * What is then left is drawn among households still short whose size is not above the level.
 *
 * When there are not enough units even for one per member, household size no longer counts:
 * all households are raised alike, and not everyone can win.
 */
function shareAmongHouseholds({
  terms,
  households,
  scorer,
}: Readonly<{ terms: DrawTerms; households: readonly Household[]; scorer: Scorer }>): Pool {
  const wishes = households.map((home) =>
    Math.min(terms.householdCap ?? Infinity, sumOf(home.wishes)),
  )
  const sizes = households.map((home) => home.ids.length)
  const leastForAll = sumOf(wishes.map((wish, at) => Math.min(wish, sizes[at] ?? 0)))
  return runPool({
    round: 'h',
    ids: households.map((home) => home.household),
    units: terms.units,
    wishes,
    floors: leastForAll <= terms.units ? sizes : sizes.map(() => 0),
    scorer,
  })
}

/** Shares a household's units among its members, by the same rule as among people. */
export const shareWithinHousehold = ({
  home,
  units,
  scorer,
}: Readonly<{ home: Household; units: number; scorer: Scorer }>): Pool =>
  runPool({ round: `m:${home.household}`, ids: home.ids, units, wishes: home.wishes, scorer })

/** Every applicant's units by position, after the round among households and the rounds inside. */
export function allocateHouseholds({
  terms,
  applications,
  scorer,
}: Readonly<{
  terms: DrawTerms
  applications: readonly DrawApplication[]
  scorer: Scorer
}>): Readonly<{ pool: Pool; units: readonly number[] }> {
  const households = householdsOf(terms, applications)
  const pool = shareAmongHouseholds({ terms, households, scorer })
  const units = applications.map(() => 0)
  for (const [at, home] of households.entries()) {
    const inside = shareWithinHousehold({ home, units: pool.share.units[at] ?? 0, scorer })
    for (const [member, position] of home.positions.entries())
      units[position] = inside.share.units[member] ?? 0
  }
  return { pool, units }
}
