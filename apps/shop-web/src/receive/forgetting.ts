import type { Receiving } from './receiving.ts'

/**
 * What was asked for is forgotten once its outcome was seen, and not when it came: a till that is
 * closed in this moment hears it again on the next visit. Whoever opens another screen has seen it
 * too: told again later, it would pass for the next payment.
 */
export function forgetOnceSeen(
  forget: () => void,
): Readonly<{ shows: (kind: Receiving['kind']) => void; leaves: () => void }> {
  let wasShown = false
  return {
    shows: (kind) => {
      if (kind === 'taken' || kind === 'refused') wasShown = true
      else if (wasShown) {
        wasShown = false
        // What is asked for next is kept in its place.
        if (kind !== 'asking') forget()
      }
    },
    leaves: () => {
      if (wasShown) forget()
    },
  }
}
