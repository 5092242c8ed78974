import type { JsonValue } from './canonical-json.ts'

/** One wish for units, as it stands in the list of a draw. */
export type DrawApplication = Readonly<{
  id: string
  /** Units asked for, at least 1; may be above the cap. */
  request: number
  group?: string
  household?: string
}>

/** Everything that decides a draw except the list and the seed: published, and fixed by a digest. */
export type DrawTerms = Readonly<{
  algorithm?: 'maxmin-v1'
  campaign: string
  /** `r1` when not named. */
  round?: string
  units: number
  /** Units per person, at least 1. */
  cap: number
  /** Groups in the order in which they are served. */
  order?: readonly string[]
  /** Units of each group's own; together exactly `units`. */
  quota?: Readonly<Record<string, number>>
  /** Replaces `cap` for a group. */
  groupCaps?: Readonly<Record<string, number>>
  /** Units per household. */
  householdCap?: number
}>

/** One round of a campaign, ready to be drawn. Read from the outside by `readDraw`. */
export type Draw = Readonly<{
  terms: DrawTerms
  seed: string
  applications: readonly DrawApplication[]
}>

/** SHA-256 and HMAC-SHA-256 of UTF-8 text, as lower-case hex: the domain itself computes no hash. */
export type DrawHashes = Readonly<{
  sha256Hex: (text: string) => string
  hmacSha256Hex: (key: string, message: string) => string
}>

/** The text whose HMAC under the seed is an applicant's (or household's) score. */
export const drawMessage = (place: Readonly<{ campaign: string; round: string; id: string }>) =>
  `${place.campaign}:${place.round}:${place.id}`

/** A group's entry in a table of the terms; a group named `toString` has none by accident. */
export const entryOf = (
  table: Readonly<Record<string, number>> | undefined,
  name: string,
): number | undefined =>
  table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined

/** The terms as a JSON value. Fields that are absent are left out, not null. */
export const termsJson = (terms: DrawTerms): JsonValue => ({ ...terms })
