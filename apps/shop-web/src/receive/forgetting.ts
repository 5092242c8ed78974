import type { Receiving } from './receiving.ts'
import { NEXT_MS } from './until-next.ts'

/**
 * What was asked for is forgotten once its outcome was seen, and not when it came: a till that is
 * closed in this moment hears it again on the next visit. Whoever opens another screen has seen it
 * too, and so has who was shown it as long as results are, also where it stays: told again later,
 * it would pass for the next payment.
 */
export function forgetOnceSeen(
  forget: () => void,
): Readonly<{ shows: (kind: Receiving['kind']) => void; leaves: () => void }> {
  let wasShown = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const see = () => {
    wasShown = false
    forget()
  }
  return {
    shows: (kind) => {
      clearTimeout(timer)
      if (kind === 'taken' || kind === 'refused') {
        wasShown = true
        timer = setTimeout(see, NEXT_MS)
      } else if (wasShown) {
        wasShown = false
        // What is asked for next is kept in its place.
        if (kind !== 'asking') forget()
      }
    },
    leaves: () => {
      clearTimeout(timer)
      if (wasShown) forget()
    },
  }
}
