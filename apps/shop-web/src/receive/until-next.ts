/** The next customer of a queue at lunch is there already. */
export const NEXT_MS = 3_000

/** As much of the page's events as it takes to know who is still with the result. */
export type Page = Readonly<{
  addEventListener: (name: string, hear: (event: Event) => void) => void
  removeEventListener: (name: string, hear: (event: Event) => void) => void
}>

/**
 * Leads on from a result to the next customer: by a tap anywhere, and by itself after three
 * seconds unless it `stays`. Meanwhile it is held as long as a pointer that was moved rests on what
 * it says, or the focus went from its heading to something else in it. Ends by the function that
 * is returned.
 */
export function untilNext(
  next: () => void,
  { stays, page }: Readonly<{ stays: boolean; page: Page }>,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const held = { pointer: false, focus: false }
  const count = () => {
    clearTimeout(timer)
    if (!stays && !held.pointer && !held.focus) timer = setTimeout(next, NEXT_MS)
  }
  const hold = (by: keyof typeof held, isHeld: boolean) => {
    if (held[by] === isHeld) return
    held[by] = isHeld
    count()
  }
  const hear: Readonly<Record<string, (event: Event) => void>> = {
    click: next,
    pointermove: (event) => {
      const { target, movementX, movementY } = event as PointerEvent
      // A pointer that lies still is told of too, when the result comes under it.
      if (movementX !== 0 || movementY !== 0) hold('pointer', isIn(target, '[data-result] > *'))
    },
    pointerout: (event) => {
      if ((event as PointerEvent).relatedTarget === null) hold('pointer', false)
    },
    focusin: ({ target }) =>
      hold('focus', isIn(target, '[data-result]') && !isIn(target, '[data-result] h1')),
  }
  for (const [name, listener] of Object.entries(hear)) page.addEventListener(name, listener)
  count()
  return () => {
    clearTimeout(timer)
    for (const [name, listener] of Object.entries(hear)) page.removeEventListener(name, listener)
  }
}

const isIn = (target: EventTarget | null, selector: string): boolean =>
  ((target as Partial<Element> | null)?.closest?.(selector) ?? null) !== null
