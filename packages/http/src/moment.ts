import type { Instant, Period } from '@minnaken/domain'

/** A moment as it travels in JSON. */
export const isoOf = (at: Instant | Date): string => new Date(at).toISOString()

export const isoOrNull = (at: Instant | Date | null): string | null =>
  at === null ? null : isoOf(at)

export const isoPeriod = ({ from, until }: Period) => ({ from: isoOf(from), until: isoOf(until) })
