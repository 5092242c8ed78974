/** Told with the answer to a step that was taken before, by the same person with the same content. */
export const replayed = { 'idempotent-replayed': 'true' } as const
