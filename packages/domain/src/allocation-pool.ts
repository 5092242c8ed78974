import { type Share, shareUnits } from './allocation-share.ts'
import { drawMessage, type Draw, type DrawHashes } from './draw-terms.ts'

/** Those who share units in one round: people, or households. */
export type Pool = Readonly<{
  /** The round's label, which is part of every score. */
  round: string
  /** In code point order; `share` goes by position in it. */
  ids: readonly string[]
  share: Share
}>

/** Gives the score of an id in a round. */
export type Scorer = (round: string, id: string) => string

/** The scores of one draw: HMAC-SHA-256 under its seed over `campaign:round:id`. */
export const scorerOf =
  ({ seed, terms }: Pick<Draw, 'seed' | 'terms'>, hashes: DrawHashes): Scorer =>
  (round, id) =>
    hashes.hmacSha256Hex(seed, drawMessage({ campaign: terms.campaign, round, id }))

/** Runs one round over `ids`, which are in code point order. */
export function runPool({
  round,
  ids,
  units,
  wishes,
  floors,
  scorer,
}: Readonly<{
  round: string
  ids: readonly string[]
  units: number
  wishes: readonly number[]
  floors?: readonly number[]
  scorer: Scorer
}>): Pool {
  const score = (position: number) => scorer(round, ids[position] ?? '')
  const facts = { units, wishes, score }
  return { round, ids, share: shareUnits(floors === undefined ? facts : { ...facts, floors }) }
}

/** Who won a unit in the round's draw, in order of their ids. */
export const winnersOf = ({ ids, share }: Pool): readonly string[] =>
  share.drawn
    .slice(0, share.remainder)
    .toSorted((a, b) => a - b)
    .map((at) => ids[at] ?? '')

export const sumOf = (numbers: readonly number[]): number => {
  let sum = 0
  for (const number of numbers) sum += number
  return sum
}
