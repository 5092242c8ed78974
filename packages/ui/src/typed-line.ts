import type { ChangeEvent } from 'react'

type Line = Pick<HTMLInputElement, 'value' | 'selectionStart' | 'setSelectionRange'>

/** The place in a text right behind so many digits, whatever stands between them. */
export function placeBehind(text: string, digits: number): number {
  const places = [...text.matchAll(/\p{Nd}/gu)].map(({ index }) => index + 1)
  return digits === 0 ? 0 : (places[digits - 1] ?? text.length)
}

/**
 * Writes a line anew while it is typed into, with its spaces or commas and without what does not
 * belong there. The caret stays behind the digit that was typed or before the one that was taken
 * away: whoever corrects a digit goes on there.
 */
export function rewrite(line: Line, text: string): void {
  const before = line.value.slice(0, line.selectionStart ?? undefined)
  const digits = before.match(/\p{Nd}/gu)?.length ?? 0
  line.value = text
  const place = placeBehind(text, digits)
  line.setSelectionRange(place, place)
}

/**
 * Hears what is typed into a line that takes only some of it: `take` is told the text, and gives what
 * is to stand there. A line in which an input method still composes, as on a computer that writes
 * Japanese, is left alone until it has: what is composed would come twice.
 */
export const onTyped =
  (take: (text: string) => string) =>
  ({ target, nativeEvent }: ChangeEvent<HTMLInputElement>): void => {
    const settle = () => rewrite(target, take(target.value))
    if ((nativeEvent as InputEvent).isComposing)
      target.addEventListener('compositionend', settle, { once: true })
    else settle()
  }
