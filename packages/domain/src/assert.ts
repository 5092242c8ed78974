/** Throws when something that the code relies on does not hold: a fault of ours, never of the caller's input. */
export function assert(condition: boolean, fact: string): asserts condition {
  if (!condition) throw new Error(`broken invariant: ${fact}`)
}

/** Ends an exhaustive `switch`: a new case does not compile until it is handled. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
