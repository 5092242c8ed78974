/** A stretch of a text: with its reading above it, or as it is. */
export type Stretch = Readonly<{ text: string; reading?: string }>

/** A run of kanji and, right behind it in brackets, its reading: 商品券(しょうひんけん). */
const withReading = /([\p{sc=Han}々〆ヶ]+)[(（]([\p{sc=Hiragana}ー]+)[)）]/gu

/** Takes a text apart at the readings that are written into it. */
export function stretchesOf(text: string): readonly Stretch[] {
  const stretches: Stretch[] = []
  let from = 0
  for (const found of text.matchAll(withReading)) {
    const [whole, base = '', reading = ''] = found
    if (found.index > from) stretches.push({ text: text.slice(from, found.index) })
    stretches.push({ text: base, reading })
    from = found.index + whole.length
  }
  if (from < text.length) stretches.push({ text: text.slice(from) })
  return stretches
}

/** The text without readings: for labels that are heard, and where no ruby can stand. */
export const withoutReadings = (text: string): string => text.replaceAll(withReading, '$1')
