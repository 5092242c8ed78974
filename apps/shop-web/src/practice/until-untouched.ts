/** Whoever learns is at it; whoever went away takes real payments when they are back. */
export const UNTOUCHED_MS = 10 * 60_000

/** As much of the page's events as it takes to know that somebody is there. */
export type Page = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>

/**
 * Calls `end` once nobody has touched the page for ten minutes. A device that slept meanwhile
 * counts by the clock, and ends with the first touch at the latest, or as soon as it is looked at.
 * Ends by the function that is returned.
 */
export function untilUntouched(end: () => void, page: Page): () => void {
  let touchedAt = Date.now()
  let timer = setTimeout(end, UNTOUCHED_MS)
  const isOver = () => Date.now() - touchedAt >= UNTOUCHED_MS
  const touched = () => {
    if (isOver()) return end()
    touchedAt = Date.now()
    clearTimeout(timer)
    timer = setTimeout(end, UNTOUCHED_MS)
  }
  const looked = () => {
    if (isOver()) end()
  }
  const hear = [
    ['pointerdown', touched],
    ['keydown', touched],
    ['visibilitychange', looked],
  ] as const
  for (const [name, listener] of hear) page.addEventListener(name, listener)
  return () => {
    clearTimeout(timer)
    for (const [name, listener] of hear) page.removeEventListener(name, listener)
  }
}
