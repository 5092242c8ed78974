import { assert } from './assert.ts'

/** How far everyone could be raised, and what is then left for a draw. */
export type Level = Readonly<{
  level: number
  /** Units left after everyone is at the level: always fewer than the candidates. */
  remainder: number
  /** How many are still short at the level; 0 when nothing is cut. */
  candidates: number
}>

/**
 * Finds the highest level to which everyone can be raised with `units`.
 *
 * Each is given the level, at most the wish and at least the floor (a floor above the wish counts
 * as the wish). One person's floor is 0; a household's is its number of members.
 * When all wishes fit, the level is the largest wish and nobody is a candidate.
 *
 * Works on a table "how many start / stop being short at this level", so n wishes with k different
 * values take O(n + k log k) time and O(k) memory, whatever the size of the wishes.
 *
 * Throws when the floors alone do not fit.
 */
export function findLevel({
  units,
  wishes,
  floors,
}: Readonly<{ units: number; wishes: readonly number[]; floors?: readonly number[] }>): Level {
  let asked = 0
  let most = 0
  for (const wish of wishes) {
    asked += wish
    if (wish > most) most = wish
  }
  if (asked <= units) return { level: most, remainder: 0, candidates: 0 }

  const change = new Map<number, number>()
  let left = units
  for (const [at, wish] of wishes.entries()) {
    const floor = floors?.[at] ?? 0
    left -= Math.min(wish, floor)
    if (wish <= floor) continue
    change.set(floor, (change.get(floor) ?? 0) + 1)
    change.set(wish, (change.get(wish) ?? 0) - 1)
  }
  assert(left >= 0, 'the floors fit in the units')
  return raise(left, change)
}

/** Raises all who are short together, from one row of the table to the next, while `left` lasts. */
function raise(left: number, change: ReadonlyMap<number, number>): Level {
  const rows = [...change].toSorted(([a], [b]) => a - b)
  let short = 0
  for (const [at, [level, starting]] of rows.entries()) {
    short += starting
    if (short === 0) continue
    const next = rows[at + 1]?.[0] ?? Infinity
    const steps = Math.floor(left / short)
    if (level + steps < next)
      return { level: level + steps, remainder: left - steps * short, candidates: short }
    left -= short * (next - level)
  }
  throw new Error('broken invariant: wishes above the units leave somebody short')
}
