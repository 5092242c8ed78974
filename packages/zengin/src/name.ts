import { isPermitted, type TextClass } from './jis.ts'
import { compose, halfOf, markOf, takesMark, toBigKana, toKatakana } from './kana.ts'

export type NormalisedName =
  | Readonly<{ kind: 'normalised'; half: string }>
  | Readonly<{
      kind: 'refused'
      /** A character that this class of field does not take, or a ﾞ or ﾟ that belongs to no kana. */
      error: 'not_permitted' | 'stranded_mark'
      /** For example `U+6771 東`. */
      character: string
      /** In characters of the normalised text, where a voiced kana counts as one. */
      position: number
    }>

const dashes = new Set('ー－‐–—−')

/**
 * Turns a name as a person types it into the half-width text that stands in the banks' file.
 *
 * The steps of zengin.md §3: trim; hiragana to katakana; half-width kana composed; small kana big;
 * long vowels and dashes to `-`; full-width ASCII to ASCII, upper-case; ・ to `.` (`middleDot`
 * for a bank that wants a space); voiced kana to two characters. In EDI also 「」 and the yen sign,
 * which have bytes of their own in JIS X 0201.
 *
 * What is left is refused with its place, the leftmost first; the reading of a kanji is never
 * guessed. This alters how a name reads (キャノン becomes ｷﾔﾉﾝ): show the result, have it confirmed.
 *
 * "Normalised text" for the position is the text after the steps but before voiced kana are
 * split, because there a character is what a person counts as one.
 */
export function normaliseName(
  text: string,
  options: Readonly<{ class?: TextClass; middleDot?: '.' | ' ' }> = {},
): NormalisedName {
  const { class: textClass = 'party', middleDot = '.' } = options
  let half = ''
  for (const [position, character] of normalisedCharacters(text, middleDot).entries()) {
    const mark = markOf(character)
    if (mark && !takesMark(half.at(-1) ?? '', mark))
      return refused('stranded_mark', character, position)
    const next = mark ?? halfForm(character)
    if (!Array.from(next).every((piece) => isPermitted(piece, textClass)))
      return refused('not_permitted', character, position)
    half += next
  }
  return { kind: 'normalised', half }
}

/** Steps 1 to 4: katakana and ASCII, one entry per character, a voiced kana still in one piece. */
function normalisedCharacters(text: string, middleDot: string): readonly string[] {
  const composed: string[] = []
  for (const character of text.trim()) {
    const katakana = toKatakana(character)
    const joined = markOf(katakana) && compose(composed.at(-1) ?? '', katakana)
    if (joined) composed[composed.length - 1] = joined
    else composed.push(katakana)
  }
  return composed.map((character) => {
    if (dashes.has(character)) return '-'
    if (character === '・' || character === '･') return middleDot
    return toUpperAscii(toBigKana(character))
  })
}

function toUpperAscii(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (character === '\u3000') return ' '
  const ascii = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : character
  return ascii >= 'a' && ascii <= 'z' ? ascii.toUpperCase() : ascii
}

const edgeForms = new Map([
  ['「', '｢'],
  ['」', '｣'],
  ['¥', '\\'],
  ['￥', '\\'],
])

const halfForm = (character: string): string =>
  halfOf(character) ?? edgeForms.get(character) ?? character

function refused(
  error: 'not_permitted' | 'stranded_mark',
  character: string,
  position: number,
): NormalisedName {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return { kind: 'refused', error, character: `U+${code} ${character}`, position }
}

/**
 * The longest beginning of a half-width name that fits, never cut between a kana and its mark
 * (ガクブチ in four bytes is ｶﾞｸ: ｶﾞｸﾌ would be another name). May be empty.
 *
 * For showing what would fit. The file itself never gets a cut name: too long a name is refused.
 */
export function cutName(half: string, bytesMax: number): string {
  let end = Math.min(half.length, Math.max(0, bytesMax))
  while (end > 0 && markOf(half[end] ?? '') !== undefined) end -= 1
  return half.slice(0, end)
}
