import { focusOnScreen } from './focus.ts'

/** Has nothing to press and says what holds everywhere: it stays while something covers the screen. */
const STAYS = '[data-stays]'

/**
 * Makes an element all that there is: everything beside it, and whatever comes beside it later, is
 * out of reach for keys, fingers and screen readers until the returned function is called. A focus
 * that is lost by then goes to the heading of the screen that was behind.
 *
 * It stays where it stands, so that what lies above everything, as the stripes of practice do,
 * still does: a dialog of the browser's own would cover that too.
 */
export function takeOver(element: HTMLElement | null): (() => void) | undefined {
  if (element === null) return undefined
  const covered = new Set<Element>()
  const path = [...ancestorsOf(element)]
  const coverAll = () => {
    for (const at of path)
      for (const other of at.parentElement?.children ?? [])
        if (other !== at && !other.matches(`[inert], ${STAYS}`)) {
          other.toggleAttribute('inert', true)
          covered.add(other)
        }
  }
  coverAll()
  const watch = new MutationObserver(coverAll)
  for (const { parentElement } of path)
    if (parentElement !== null) watch.observe(parentElement, { childList: true })
  return () => {
    watch.disconnect()
    for (const other of covered) other.toggleAttribute('inert', false)
    // What comes in its place is there by then, and may have taken the focus itself.
    queueMicrotask(focusOnScreen)
  }
}

/** The element itself and those around it, up to one that stands in the body. */
function* ancestorsOf(element: Element): Generator<Element> {
  for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement)
    yield at
}
