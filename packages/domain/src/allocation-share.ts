import { findLevel, type Level } from './allocation-level.ts'
import { assert } from './assert.ts'

/** One sharing-out: everyone in it by position, in the order of their ids. */
export type Share = Level &
  Readonly<{
    /** What each is given before the draw. */
    base: readonly number[]
    /** What each is given after it. */
    units: readonly number[]
    /** The candidates' positions as drawn: the first `remainder` won. Empty when nothing is drawn. */
    drawn: readonly number[]
  }>

/**
 * Shares `units` by the rule `maxmin-v1`: all are raised to the same level, nobody above the wish,
 * and the units that are too few for one each are drawn among those who are still short.
 *
 * `wishes`, `floors` and the answer go by position; `score` gives a position's place in the draw
 * and is asked only when there is something to draw. Equal scores are settled by position,
 * which is by id when the positions are in the order of the ids.
 */
export function shareUnits({
  units,
  wishes,
  floors,
  score,
}: Readonly<{
  units: number
  wishes: readonly number[]
  floors?: readonly number[]
  score: (position: number) => string
}>): Share {
  const found = findLevel(floors === undefined ? { units, wishes } : { units, wishes, floors })
  const { level, remainder, candidates } = found
  const base: number[] = []
  for (const [at, wish] of wishes.entries())
    base.push(Math.min(wish, Math.max(floors?.[at] ?? 0, level)))
  if (remainder === 0) return { ...found, base, units: base, drawn: [] }

  const short: number[] = []
  for (const [at, wish] of wishes.entries())
    if (wish > (base[at] ?? 0) && (floors?.[at] ?? 0) <= level) short.push(at)
  assert(short.length === candidates, 'the candidates are those whom the level leaves short')

  const drawn = inDrawOrder(short, score)
  const given = base.slice()
  for (const at of drawn.slice(0, remainder)) given[at] = (given[at] ?? 0) + 1
  return { ...found, base, units: given, drawn }
}

/** Sorts ascending positions by (score, position). */
function inDrawOrder(
  positions: readonly number[],
  score: (position: number) => string,
): readonly number[] {
  const scores = positions.map(score)
  const order = positions.map((_, at) => at)
  order.sort((a, b) => {
    const x = scores[a] ?? ''
    const y = scores[b] ?? ''
    if (x === y) return a - b
    return x < y ? -1 : 1
  })
  return order.map((at) => positions[at] ?? 0)
}
