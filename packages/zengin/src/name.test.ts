import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeHalf, isPermitted, type TextClass, textClasses } from './jis.ts'
import { cutName, normaliseName } from './name.ts'

const halfOf = (text: string, textClass: TextClass = 'party'): string => {
  const name = normaliseName(text, { class: textClass })
  return name.kind === 'normalised' ? name.half : `${name.error} ${name.character} ${name.position}`
}

describe('a name as a person types it', () => {
  test.each([
    ['ミナト', 'ﾐﾅﾄ', 'katakana'],
    ['みなと', 'ﾐﾅﾄ', 'hiragana'],
    ['ﾐﾅﾄ', 'ﾐﾅﾄ', 'half-width already'],
    ['  ミナト\u3000', 'ﾐﾅﾄ', 'spaces around it'],
    ['ミナト\u3000タロウ', 'ﾐﾅﾄ ﾀﾛｳ', 'a full-width space'],
    ['キャノン', 'ｷﾔﾉﾝ', 'small kana become big'],
    ['ァィゥェォッャュョヮヵヶ', 'ｱｲｳｴｵﾂﾔﾕﾖﾜｶｹ', 'every small kana'],
    ['ぁぃぅぇぉっゃゅょゎゕゖ', 'ｱｲｳｴｵﾂﾔﾕﾖﾜｶｹ', 'every small hiragana'],
    ['ｧｨｩｪｫｯｬｭｮ', 'ｱｲｳｴｵﾂﾔﾕﾖ', 'every small half-width kana'],
    ['ヨーコ', 'ﾖ-ｺ', 'a long vowel'],
    ['A－B‐C–D—E−FｰG-H', 'A-B-C-D-E-F-G-H', 'every dash of the list'],
    ['ａｂｃＸＹＺ１２３', 'ABCXYZ123', 'full-width letters and digits'],
    ['minato', 'MINATO', 'lower case'],
    ['カ）ミナト（ド．', 'ｶ)ﾐﾅﾄ(ﾄﾞ.', 'full-width brackets and stop'],
    ['クレディ・アグリコル', 'ｸﾚﾃﾞｲ.ｱｸﾞﾘｺﾙ', 'a middle dot'],
    ['ｸﾚﾃﾞｨ･ｱｸﾞﾘｺﾙ', 'ｸﾚﾃﾞｲ.ｱｸﾞﾘｺﾙ', 'a half-width middle dot'],
    ['ガギグゲゴザジズゼゾ', 'ｶﾞｷﾞｸﾞｹﾞｺﾞｻﾞｼﾞｽﾞｾﾞｿﾞ', 'voiced kana'],
    ['ダヂヅデドバビブベボ', 'ﾀﾞﾁﾞﾂﾞﾃﾞﾄﾞﾊﾞﾋﾞﾌﾞﾍﾞﾎﾞ', 'voiced kana'],
    ['ぱぴぷぺぽ', 'ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ', 'semi-voiced kana'],
    ['ヴァイオリン', 'ｳﾞｱｲｵﾘﾝ', 'ヴ'],
    ['ゔ', 'ｳﾞ', 'hiragana ゔ'],
    ['か\u3099は\u309A', 'ｶﾞﾊﾟ', 'combining marks'],
    ['ガクブチ'.normalize('NFD'), 'ｶﾞｸﾌﾞﾁ', 'a name from a file name on a Mac'],
    ['か゛は゜', 'ｶﾞﾊﾟ', 'spacing marks'],
    ['カﾞハﾟ', 'ｶﾞﾊﾟ', 'half-width marks after full-width kana'],
    ['ｳﾞｶﾞﾊﾟ', 'ｳﾞｶﾞﾊﾟ', 'half-width voiced kana'],
    ['', '', 'nothing'],
    ['\uFEFFミナト', 'ﾐﾅﾄ', 'a byte order mark before it'],
  ])('%j is %j: %s', (text, half) => {
    expect(halfOf(text)).toBe(half)
  })

  test.each([
    ['みなと商店', 'not_permitted U+5546 商 3', 'a kanji is never read'],
    ['東', 'not_permitted U+6771 東 0', 'a kanji'],
    ['ガクブチ東', 'not_permitted U+6771 東 4', 'a voiced kana counts as one character'],
    ['ｶﾞｸﾌﾞﾁ東', 'not_permitted U+6771 東 4', 'also when it is typed as two'],
    ['か\u3099東', 'not_permitted U+6771 東 1', 'also when its mark is combining'],
    ['  東', 'not_permitted U+6771 東 0', 'spaces around it do not count'],
    ['𠮷野', 'not_permitted U+20BB7 𠮷 0', 'a character of two code units is one'],
    ['ミ𠮷東', 'not_permitted U+20BB7 𠮷 1', 'a character of two code units is one'],
    ['ミ👨‍👩‍👧', 'not_permitted U+1F468 👨 1', 'an emoji'],
    ['ゐ', 'not_permitted U+30F0 ヰ 0', 'ゐ, as katakana'],
    ['ヱ', 'not_permitted U+30F1 ヱ 0', 'ヱ'],
    ['ヷ', 'not_permitted U+30F7 ヷ 0', 'ヷ'],
    ['ワ\u3099', 'not_permitted U+30F7 ヷ 0', 'ヷ in two characters is the same text'],
    ['ヲ', 'not_permitted U+30F2 ヲ 0', 'ヲ, which most banks refuse in names'],
    ['ｦ', 'not_permitted U+30F2 ヲ 0', 'half-width ｦ'],
    ['Ａ＆Ｂ', 'not_permitted U+0026 & 1', 'an ampersand'],
    ['ミナト，', 'not_permitted U+002C , 3', 'a full-width comma'],
    ['ミ,ト', 'not_permitted U+002C , 1', 'a comma'],
    ['①', 'not_permitted U+2460 ① 0', 'a number in a circle'],
    ['㈱ミナト', 'not_permitted U+3231 ㈱ 0', 'a legal form in one character'],
    ['ミナト｡', 'not_permitted U+FF61 ｡ 3', 'a half-width full stop'],
    ['ミナト、', 'not_permitted U+3001 、 3', 'a Japanese comma'],
    ['「ミナト」', 'not_permitted U+300C 「 0', 'corner brackets in a name'],
    ['ミ/ト', 'not_permitted U+002F / 1', 'a slash in a name'],
    ['ミ¥', 'not_permitted U+00A5 ¥ 1', 'a yen sign in a name'],
    ['ミ―ト', 'not_permitted U+2015 ― 1', 'a dash that is not on the list'],
    ['ミ〜ト', 'not_permitted U+301C 〜 1', 'a wave dash'],
    ['K\u212A', 'not_permitted U+212A \u212A 1', 'a Kelvin sign is no K'],
    ['Émile', 'not_permitted U+00C9 É 0', 'a letter with an accent'],
    ['ミ\tト', 'not_permitted U+0009 \t 1', 'a tab'],
    ['ミ\r\nト', 'not_permitted U+000D \r 1', 'a line break'],
    ['ミ\0', 'not_permitted U+0000 \0 1', 'NUL'],
    ['アﾞ', 'stranded_mark U+FF9E ﾞ 1', 'a mark after a kana that takes none'],
    ['ﾞア', 'stranded_mark U+FF9E ﾞ 0', 'a mark before everything'],
    ['A゛', 'stranded_mark U+309B ゛ 1', 'a mark after a letter'],
    ['カ\u309A', 'stranded_mark U+309A \u309A 1', 'ﾟ after カ'],
    ['ガﾞ', 'stranded_mark U+FF9E ﾞ 1', 'two marks'],
    ['パ゛', 'stranded_mark U+309B ゛ 1', 'two marks'],
    ['ﾜﾞ', 'stranded_mark U+FF9E ﾞ 1', 'a mark after ﾜ'],
    ['ナﾞ', 'stranded_mark U+FF9E ﾞ 1', 'a mark after ﾅ'],
    ['ﾞ東', 'stranded_mark U+FF9E ﾞ 0', 'the leftmost fault is told'],
    ['東ﾞ', 'not_permitted U+6771 東 0', 'the leftmost fault is told'],
  ])('%j is refused, %s: %s', (text, refused) => {
    expect(halfOf(text)).toBe(refused)
  })

  test.each<[string, TextClass, string]>([
    ['ミライギンコウ', 'bank', 'ﾐﾗｲｷﾞﾝｺｳ'],
    ['ホウジンエイギヨウセンタ－', 'bank', 'ﾎｳｼﾞﾝｴｲｷﾞﾖｳｾﾝﾀ-'],
    ['クレデイ．アグリコル', 'bank', 'not_permitted U+002E . 4'],
    ['クレディ・アグリコル', 'bank', 'not_permitted U+002E . 4'],
    ['ミナト(', 'bank', 'not_permitted U+0028 ( 3'],
    ['ヲ「12/A」￥¥\\.', 'edi', 'ｦ｢12/A｣\\\\\\.'],
    ['｢ｦ｣', 'edi', '｢ｦ｣'],
    ['ヺ', 'edi', 'not_permitted U+30FA ヺ 0'],
    ['ｦﾞ', 'edi', 'stranded_mark U+FF9E ﾞ 1'],
    ['1,000', 'edi', 'not_permitted U+002C , 1'],
  ])('%j in a field of class %s is %j', (text, textClass, half) => {
    expect(halfOf(text, textClass)).toBe(half)
  })

  test('a bank may want a space for a middle dot', () => {
    const name = normaliseName('クレディ・アグリコル', { middleDot: ' ' })
    expect(name).toEqual({ kind: 'normalised', half: 'ｸﾚﾃﾞｲ ｱｸﾞﾘｺﾙ' })
  })
})

const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters))

const nameLike = fc.string({
  unit: fc.oneof(
    { weight: 6, arbitrary: oneOf('アカガハパウヴッャンー・ヲあがぱ') },
    { weight: 3, arbitrary: oneOf('ｱｶﾊｳｯﾞﾟA1ａ（） -.\u3099\u309A゛゜') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
  ),
  maxLength: 20,
})

const kanaOnly = fc.string({
  unit: oneOf('アカガハバパウヴワヷヺヲヾヽあがぱゔゞ東\u3099\u309A'),
  maxLength: 12,
})

describe('over all of Unicode', () => {
  test('a normalised name holds only what its field takes, and normalising it again changes nothing', () => {
    fc.assert(
      fc.property(nameLike, fc.constantFrom(...textClasses), (text, textClass) => {
        const name = normaliseName(text, { class: textClass })
        if (name.kind === 'refused') return
        expect(Array.from(name.half).every((piece) => isPermitted(piece, textClass))).toBe(true)
        expect(name.half).not.toMatch(/(^|[^ｳｶ-ﾄﾊ-ﾎ])ﾞ|(^|[^ﾊ-ﾎ])ﾟ/)
        expect(normaliseName(name.half, { class: textClass })).toMatchObject({
          half: name.half.trim(),
        })
        const shiftJis = new TextDecoder('shift_jis').decode(encodeHalf(name.half))
        expect(shiftJis).toBe(name.half)
      }),
      { numRuns: 500 },
    )
  })

  test('both spellings of a voiced kana in Unicode get the same answer', () => {
    fc.assert(
      fc.property(kanaOnly, (text) => {
        expect(normaliseName(text.normalize('NFD'))).toEqual(
          normaliseName(text.normalize('NFD').normalize('NFC')),
        )
      }),
      { numRuns: 300, examples: [['がぱヷヴ']] },
    )
  })

  test('a refused character is named by its code and stands where the answer says', () => {
    fc.assert(
      fc.property(nameLike, (text) => {
        const name = normaliseName(text)
        if (name.kind === 'normalised') return
        const [code, ...rest] = name.character.split(' ')
        const character = rest.join(' ')
        expect(code).toBe(
          `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
        )
        expect(name.position).toBeLessThan(Array.from(text).length)
        expect(normaliseName(`${'ア'.repeat(name.position)}${character}ア`)).toMatchObject({
          position: name.position,
        })
      }),
      { numRuns: 300 },
    )
  })
})

describe('cutting a name', () => {
  test.each([
    ['ｶﾞｸﾌﾞﾁ', 4, 'ｶﾞｸ', 'ｶﾞｸﾌ would be another name'],
    ['ｶﾞｸﾌﾞﾁ', 5, 'ｶﾞｸﾌﾞ', 'kana and mark both fit'],
    ['ｶﾞｸﾌﾞﾁ', 6, 'ｶﾞｸﾌﾞﾁ', 'all of it fits'],
    ['ｶﾞｸﾌﾞﾁ', 99, 'ｶﾞｸﾌﾞﾁ', 'all of it fits'],
    ['ｶﾞｸﾌﾞﾁ', 1, '', 'not even one'],
    ['ｶﾞｸﾌﾞﾁ', 0, '', 'no room'],
    ['ﾐﾅﾄ', 2, 'ﾐﾅ', 'no marks'],
    ['ﾊﾟﾊﾟ', 3, 'ﾊﾟ', 'ﾟ as well'],
    ['', 5, '', 'nothing to cut'],
  ])('%s in %i bytes is %j: %s', (half, max, cut) => {
    expect(cutName(half, max)).toBe(cut)
  })

  test('a cut name is a beginning that fits, loses one byte more at most, and is still sound', () => {
    fc.assert(
      fc.property(nameLike, fc.nat(25), (text, max) => {
        const name = normaliseName(text)
        if (name.kind === 'refused') return
        const cut = cutName(name.half, max)
        expect(name.half.startsWith(cut)).toBe(true)
        expect(cut.length).toBeLessThanOrEqual(max)
        expect(cut.length).toBeGreaterThanOrEqual(Math.min(name.half.length, max) - 1)
        expect('ﾞﾟ'.includes(name.half[cut.length] ?? 'x')).toBe(false)
      }),
      { numRuns: 300 },
    )
  })
})
