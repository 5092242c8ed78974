import { createHash, createHmac } from 'node:crypto'
import {
  allocateUnits,
  type Allocation,
  type Draw,
  type DrawApplication,
  type DrawHashes,
  type DrawTerms,
} from '../src/index.ts'

export const hashes: DrawHashes = {
  sha256Hex: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
  hmacSha256Hex: (key, message) => createHmac('sha256', key).update(message, 'utf8').digest('hex'),
}

/** Applications `A001`, `A002` … with these requests. */
export const people = (requests: readonly number[], prefix = 'A'): DrawApplication[] =>
  requests.map((request, at) => ({ id: `${prefix}${String(at + 1).padStart(3, '0')}`, request }))

export const drawOf = (
  terms: Partial<DrawTerms>,
  applications: readonly DrawApplication[],
  seed = 'invented seed',
): Draw => ({ terms: { campaign: 'MIRAI2027', units: 0, cap: 5, ...terms }, seed, applications })

export const allocate = (draw: Draw): Allocation => allocateUnits({ draw, hashes })

/** Units by id. */
export const unitsById = ({ ids, units }: Allocation): Record<string, number> =>
  Object.fromEntries(ids.map((id, at) => [id, units[at] ?? 0]))

/** How many got 0, 1, 2 … units. */
export function histogramOf(units: readonly number[]): Record<number, number> {
  const rows: Record<number, number> = {}
  for (const given of units) rows[given] = (rows[given] ?? 0) + 1
  return rows
}

export const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0)

/**
 * The same rule in the plainest way: hand out one unit a round to everyone who is still short,
 * and draw when there are not enough for a whole round. `sizes` are the households' members.
 */
export function shareOneByOne(
  facts: Readonly<{
    draw: Pick<Draw, 'seed' | 'terms'>
    round: string
    units: number
    wishes: ReadonlyMap<string, number>
    sizes?: ReadonlyMap<string, number>
  }>,
): Map<string, number> {
  const { draw, round, units, wishes, sizes } = facts
  const given = new Map<string, number>()
  const give = (id: string, more: number) => given.set(id, (given.get(id) ?? 0) + more)
  for (const [id, wish] of wishes) give(id, Math.min(wish, sizes?.get(id) ?? 0))
  let left = units - sum([...given.values()])
  const isShort = (id: string) => (given.get(id) ?? 0) < (wishes.get(id) ?? 0)
  for (let level = 0; ; level++) {
    const all = [...wishes.keys()].filter(isShort)
    if (all.length === 0) return given
    const short = all.filter((id) => (sizes?.get(id) ?? 0) <= level)
    if (left < short.length) {
      const drawn = short
        .map((id) => ({
          id,
          score: hashes.hmacSha256Hex(draw.seed, `${draw.terms.campaign}:${round}:${id}`),
        }))
        .toSorted((a, b) => (`${a.score} ${a.id}` < `${b.score} ${b.id}` ? -1 : 1))
      for (const { id } of drawn.slice(0, left)) give(id, 1)
      return given
    }
    for (const id of short) give(id, 1)
    left -= short.length
  }
}
