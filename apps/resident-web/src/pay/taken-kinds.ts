type Kind = Readonly<{ kind: string; isTaken: boolean }>

/** Which vouchers a shop takes, in a word; null where nothing runs, or it is neither. */
export function takenKinds(kinds: readonly Kind[]): 'all' | 'common_only' | null {
  if (kinds.length === 0) return null
  if (kinds.every(({ isTaken }) => isTaken)) return 'all'
  return kinds.some(({ kind, isTaken }) => isTaken && kind === 'COMMON') ? 'common_only' : null
}
