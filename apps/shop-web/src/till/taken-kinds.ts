type Kind = Readonly<{ kind: string; isTaken: boolean }>

/** Each kind of vouchers once, whatever campaigns run: taken when one of them has it taken. */
export function takenKinds(kinds: readonly Kind[]): readonly Kind[] {
  const taken = new Map<string, boolean>()
  for (const { kind, isTaken } of kinds) taken.set(kind, isTaken || taken.get(kind) === true)
  return [...taken].map(([kind, isTaken]) => ({ kind, isTaken }))
}
