/** Katakana in the order of their half-width bytes, 0xA6 ｦ to 0xDD ﾝ; 0xB0 is the long vowel. */
const inByteOrder =
  'ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン'

const firstHalfwidth = 0xff66

const halves = new Map<string, string>()
const fulls = new Map<string, string>()
for (const [index, full] of Array.from(inByteOrder).entries()) {
  const half = String.fromCharCode(firstHalfwidth + index)
  halves.set(full, half)
  fulls.set(half, full)
}

const voicedBases = 'ウカキクケコサシスセソタチツテトハヒフヘホ'
const voiced = 'ヴガギグゲゴザジズゼゾダヂヅデドバビブベボ'
const semiVoicedBases = 'ハヒフヘホ'
const semiVoiced = 'パピプペポ'

const dakuten = new Map(zip(voicedBases, voiced))
const handakuten = new Map(zip(semiVoicedBases, semiVoiced))
/** Unicode composes these too; no bank takes them, and ﾜ with a mark has no reading. */
const unusedDakuten = new Map(zip('ワヰヱヲヽ', 'ヷヸヹヺヾ'))

for (const [base, composed] of dakuten) halves.set(composed, `${halves.get(base) ?? ''}ﾞ`)
for (const [base, composed] of handakuten) halves.set(composed, `${halves.get(base) ?? ''}ﾟ`)

const smallToBig = new Map(zip('ァィゥェォッャュョヮヵヶ', 'アイウエオツヤユヨワカケ'))

function zip(from: string, to: string): [string, string][] {
  return Array.from(from, (character, index) => [character, to[index] ?? ''])
}

/** The half-width form of a katakana, two characters for a voiced one; undefined if there is none. */
export const halfOf = (katakana: string): string | undefined => halves.get(katakana)

/** Hiragana and half-width kana as full-width katakana; anything else as it is. */
export function toKatakana(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const isHiragana = (code >= 0x3041 && code <= 0x3096) || code === 0x309d || code === 0x309e
  return isHiragana ? String.fromCharCode(code + 0x60) : (fulls.get(character) ?? character)
}

export const toBigKana = (katakana: string): string => smallToBig.get(katakana) ?? katakana

export type Mark = 'ﾞ' | 'ﾟ'

/** Which mark a character is, in any of the three ways to write one: combining, spacing, half-width. */
export function markOf(character: string): Mark | undefined {
  if (character === '\u3099' || character === '゛' || character === 'ﾞ') return 'ﾞ'
  return character === '\u309A' || character === '゜' || character === 'ﾟ' ? 'ﾟ' : undefined
}

/**
 * A katakana and the mark after it as one character, or undefined if they do not go together.
 *
 * ワ with the combining mark is the same text as ヷ in Unicode and becomes it, so that both
 * spellings get the same answer; ワ with ﾞ or ゛ does not, because there the mark stands alone.
 */
export function compose(katakana: string, mark: string): string | undefined {
  if (markOf(mark) === 'ﾟ') return handakuten.get(katakana)
  const unused = mark === '\u3099' ? unusedDakuten.get(katakana) : undefined
  return dakuten.get(katakana) ?? unused
}

const takesDakuten = new Set(Array.from(voicedBases, (base) => halves.get(base)))
const takesHandakuten = new Set(Array.from(semiVoicedBases, (base) => halves.get(base)))

/** Whether a mark may follow this half-width character: ﾞ after ｳ ｶ–ﾄ ﾊ–ﾎ, ﾟ after ﾊ–ﾎ. */
export const takesMark = (half: string, mark: Mark): boolean =>
  (mark === 'ﾞ' ? takesDakuten : takesHandakuten).has(half)
