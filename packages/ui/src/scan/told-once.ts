/** So many frames without a code mean that it was taken away from the camera. */
const FRAMES_WITHOUT = 12

/**
 * Tells each code that comes before the camera once: again only after it was away, so that one
 * customer's phone is one reading however long it is held there.
 */
export function toldOnce(tell: (text: string) => void): (seen: string | null) => void {
  let last: string | null = null
  let without = 0
  return (seen) => {
    if (seen === null) {
      without++
      if (without >= FRAMES_WITHOUT) last = null
      return
    }
    without = 0
    if (seen === last) return
    last = seen
    tell(seen)
  }
}
