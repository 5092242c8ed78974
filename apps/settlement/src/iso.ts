import type { Instant } from '@minnaken/domain'

/** A moment as it travels in JSON. */
export const isoOf = (at: Instant | Date): string => new Date(at).toISOString()

export const isoOrNull = (at: Date | null): string | null => (at === null ? null : isoOf(at))
