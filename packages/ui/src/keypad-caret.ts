type Line = Pick<HTMLInputElement, 'value' | 'selectionStart' | 'setSelectionRange'>

/** The place in a text right behind so many digits, whatever stands between them. */
export function placeBehind(text: string, digits: number): number {
  const places = [...text.matchAll(/\p{Nd}/gu)].map(({ index }) => index + 1)
  return digits === 0 ? 0 : (places[digits - 1] ?? text.length)
}

/**
 * Keeps the caret behind the digit that was typed or before the one that was taken away, when the
 * line is then written anew with spaces or commas: whoever corrects a digit goes on there.
 */
export function keepCaret(line: Line): void {
  const before = line.value.slice(0, line.selectionStart ?? undefined)
  const digits = before.match(/\p{Nd}/gu)?.length ?? 0
  // The new text is there as soon as the event is over.
  queueMicrotask(() => {
    const place = placeBehind(line.value, digits)
    line.setSelectionRange(place, place)
  })
}
