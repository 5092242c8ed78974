import type { Allocation } from './allocation.ts'
import { scorerOf, type Pool } from './allocation-pool.ts'
import { positionOf, sortById } from './draw-order.ts'
import { drawMessage, entryOf, type Draw, type DrawHashes } from './draw-terms.ts'
import { householdsOf, shareWithinHousehold, type Household } from './household.ts'

/** One place in one round, and what proves it. */
export type DrawPlace = Readonly<{
  round: string
  level: number
  /** Units before the draw. */
  base: number
  /** Whether the draw added one. */
  won: boolean
  /** From 1, in the order of the draw; null for who was not drawn for. */
  rank: number | null
  candidates: number
  remainder: number
  /** The message whose HMAC-SHA-256 under the published seed is the score. */
  message: string
  score: string
}>

/** Why an applicant may buy so many units. */
export type DrawExplanation = DrawPlace &
  Readonly<{
    id: string
    requested: number
    /** The request under the cap that holds for this person. */
    effective: number
    units: number
    group: string | null
    /** With a household cap: how the household came to what its members shared. */
    household: (DrawPlace & Readonly<{ household: string; members: number; units: number }>) | null
  }>

/** "You asked 5, the equal share was 3, you were 14,203rd of 31,900 for the remaining 8,112 units." */
export const explainResult = ({
  id,
  ...facts
}: Readonly<{
  draw: Draw
  allocation: Allocation
  hashes: DrawHashes
  id: string
}>): DrawExplanation | null => explainerOf(facts)(id)

/**
 * Explains any applicant's result; null for an id that did not apply.
 *
 * `allocation` is the draw's own. Made once in O(n), then O(log n) per applicant.
 */
export function explainerOf({
  draw,
  allocation,
  hashes,
}: Readonly<{ draw: Draw; allocation: Allocation; hashes: DrawHashes }>): (
  id: string,
) => DrawExplanation | null {
  const applications = sortById(draw.applications)
  const placeIn = placeFinder(draw, hashes)
  const poolOf = poolFinder(draw, allocation, hashes)
  return (id) => {
    const position = positionOf(allocation.ids, id)
    const application = applications[position]
    if (application === undefined) return null
    const { group, household, request } = application
    const cap = entryOf(draw.terms.groupCaps, group ?? '') ?? draw.terms.cap
    const { pool, home } = poolOf(group, household)
    return {
      ...placeIn(pool, id),
      id,
      requested: request,
      effective: Math.min(request, cap),
      units: allocation.units[position] ?? 0,
      group: allocation.kind === 'groups' ? (group ?? null) : null,
      household:
        home === null || allocation.kind !== 'households'
          ? null
          : {
              ...placeIn(allocation.pool, home.household),
              household: home.household,
              members: home.ids.length,
              units: unitsIn(allocation.pool, home.household),
            },
    }
  }
}

const unitsIn = (pool: Pool, id: string): number => pool.share.units[positionOf(pool.ids, id)] ?? 0

/** Finds the round in which a person took part; a household's own round is run again when asked. */
function poolFinder(draw: Draw, allocation: Allocation, hashes: DrawHashes) {
  const scorer = scorerOf(draw, hashes)
  const pools = new Map<string, Pool>()
  const homes = new Map<string, Household>()
  if (allocation.kind === 'groups')
    for (const pool of allocation.groups) pools.set(pool.group, pool)
  if (allocation.kind === 'households')
    for (const home of householdsOf(draw.terms, sortById(draw.applications)))
      homes.set(home.household, home)
  const insides = new Map<Household, Pool>()
  return (
    group: string | undefined,
    household: string | undefined,
  ): Readonly<{ pool: Pool; home: Household | null }> => {
    if (allocation.kind === 'together') return { pool: allocation.pool, home: null }
    if (allocation.kind === 'groups') return { pool: known(pools.get(group ?? '')), home: null }
    const home = known(homes.get(household ?? ''))
    const units = unitsIn(allocation.pool, home.household)
    const pool = insides.get(home) ?? shareWithinHousehold({ home, units, scorer })
    insides.set(home, pool)
    return { pool, home }
  }
}

function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('broken invariant: the allocation is that of the draw')
  return value
}

/** Finds the place of an id in a round. Ranks are counted once per round. */
function placeFinder(draw: Draw, hashes: DrawHashes): (pool: Pool, id: string) => DrawPlace {
  const ranks = new WeakMap<Pool, ReadonlyMap<number, number>>()
  const { campaign } = draw.terms
  return (pool, id) => {
    const { round, share } = pool
    const position = positionOf(pool.ids, id)
    const ranked =
      ranks.get(pool) ?? new Map(share.drawn.map((drawn, at) => [drawn, at + 1] as const))
    ranks.set(pool, ranked)
    const rank = ranked.get(position) ?? null
    const message = drawMessage({ campaign, round, id })
    return {
      round,
      level: share.level,
      base: share.base[position] ?? 0,
      won: rank !== null && rank <= share.remainder,
      rank,
      candidates: share.candidates,
      remainder: share.remainder,
      message,
      score: hashes.hmacSha256Hex(draw.seed, message),
    }
  }
}
