import { assert } from '@minnaken/domain'

/** Damm's table: a wrong digit, and two neighbours in the wrong order, never give the same check. */
const table = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]

/** The digit that is written after these, so that one wrong key or two swapped ones are noticed. */
export function checkDigitOf(digits: string): string {
  assert(/^\d+$/.test(digits), 'a check digit is of digits')
  let row = '0'
  for (const digit of digits) row = table[Number(row)]?.charAt(Number(digit)) ?? ''
  return row
}

/** Whether the last digit is the check digit of those before it. */
export const endsInCheckDigit = (digits: string): boolean =>
  /^\d{2,}$/.test(digits) && checkDigitOf(digits.slice(0, -1)) === digits.at(-1)
