/** So long somebody has to look to know what became of a payment. */
const SEEN_MS = 1_000

type Page = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>

/**
 * Calls `then` once the page was in sight for a second in one piece: not for a phone that is locked
 * or in another app, nor for a page that is closed meanwhile. Answers how to stop.
 */
export function whenSeen(page: Page, then: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    if (page.visibilityState === 'visible') timer = setTimeout(then, SEEN_MS)
  }
  look()
  page.addEventListener('visibilitychange', look)
  return () => {
    clearTimeout(timer)
    page.removeEventListener('visibilitychange', look)
  }
}
