/** Takes the focus where nobody has it: to the heading of the screen that is there now. */
export function focusOnScreen(): void {
  const focused = document.activeElement
  if (focused !== null && focused !== document.body) return
  const main = document.querySelector('main')
  const place = main?.querySelector('h1') ?? main
  place?.focus({ preventScroll: true })
}

/**
 * As the `ref` of what a step of a screen begins with: it takes the focus when the step comes in the
 * place of another, so that who listens hears what is next. Whatever one comes to by keys keeps it:
 * somebody may be typing there.
 */
export function beginsStep(element: HTMLElement | null): void {
  const focused = document.activeElement
  const isInUse = focused instanceof HTMLElement && focused.tabIndex >= 0
  if (!isInUse) element?.focus()
}
