/**
 * What a core does in some hundredths of a second, and who may wait for that: some tenths of one.
 * Payments have as much for themselves.
 */
export const crowd = { perRound: 64, outsideMax: 1_000 } as const
