/** What is pressed on a keypad: a digit, two zeros at once, or the last digit taken back. */
export type Key =
  | '0'
  | '1'
  | '2'
  | '3'
  | '4'
  | '5'
  | '6'
  | '7'
  | '8'
  | '9'
  | '00'
  | 'back'
  | 'clear'

/** The amount after a key. What would be over the limit is not taken, and 0 has no digits. */
export function pressed(yen: number, key: Key, max: number): number {
  if (key === 'back') return Math.floor(yen / 10)
  const next = Number(`${yen}${key}`)
  return next <= max ? next : yen
}

/**
 * The amount that somebody typed or pasted: digits of any width, whatever stands between them.
 * What would be over the limit is not taken.
 */
export function typed(text: string, before: number, max: number): number {
  const yen = Number(text.normalize('NFKC').replaceAll(/\D/g, ''))
  return yen <= max ? yen : before
}
