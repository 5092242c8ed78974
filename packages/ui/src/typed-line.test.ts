import { expect, test } from 'vitest'
import { placeBehind, rewrite } from './typed-line.ts'

test.each([
  ['1234 5678 9012', 0, 0],
  ['1234 5678 9012', 4, 4],
  ['1234 5678 9012', 5, 6],
  ['1234 5678 9012', 12, 14],
  ['12,345', 2, 2],
  ['12,345', 3, 4],
  ['12,345', 9, 6],
  ['１２３', 2, 2],
  ['', 3, 0],
])('in "%s" the place behind %i digits is %i', (text, digits, place) => {
  expect(placeBehind(text, digits)).toBe(place)
})

/** A line in which somebody has just typed or taken away something, and what is written anew. */
function corrected({ typed, written }: Readonly<{ typed: string; written: string }>) {
  const line = {
    value: typed.replace('|', ''),
    selectionStart: typed.indexOf('|'),
    setSelectionRange: (start: number | null) => {
      line.selectionStart = start ?? 0
    },
  }
  rewrite(line, written)
  expect(line.value).toBe(written)
  return `${written.slice(0, line.selectionStart)}|${written.slice(line.selectionStart)}`
}

test.each([
  ['a digit typed in the middle', '1234 59|78 012', '1234 5978 012', '1234 59|78 012'],
  ['one typed where a group ends', '12349| 5678', '1234 9567 8', '1234 9|567 8'],
  ['one taken away', '1234 |678 9012', '1234 6789 012', '1234| 6789 012'],
  ['one taken away before a comma moves', '1|,345', '1,345', '1|,345'],
  ['one typed at the end', '12345|', '1234 5', '1234 5|'],
  ['more than is taken', '5,00|00', '5,000', '5,00|0'],
])('%s leaves the caret there', (_, typed, written, left) => {
  expect(corrected({ typed, written })).toBe(left)
})
