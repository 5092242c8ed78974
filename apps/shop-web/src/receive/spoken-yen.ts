const digits = ['', 'いち', 'に', 'さん', 'よん', 'ご', 'ろく', 'なな', 'はち', 'きゅう']

/** Hundreds and thousands change their sound behind some digits. */
const hundreds = { 1: 'ひゃく', 3: 'さんびゃく', 6: 'ろっぴゃく', 8: 'はっぴゃく' } as const
const thousands = { 1: 'せん', 3: 'さんぜん', 8: 'はっせん' } as const

/**
 * An amount as it is said at a counter: 800 is はっぴゃくえん. In kana, because a voice that reads
 * 「800円」 is not heard right everywhere. From 1 to 99,999,999 yen.
 */
export function spokenYen(yen: number): string {
  const high = Math.floor(yen / 10_000)
  const low = yen % 10_000
  const man = high === 0 ? '' : `${belowMan(high)}まん`
  // Four yen are よえん, four of everything else よん.
  return `${man}${belowMan(low)}えん`.replace(/よんえん$/, 'よえん')
}

function belowMan(number: number): string {
  const thousand = Math.floor(number / 1_000)
  const hundred = Math.floor(number / 100) % 10
  const ten = Math.floor(number / 10) % 10
  return [
    placed(thousand, thousands, 'せん'),
    placed(hundred, hundreds, 'ひゃく'),
    ten === 0 ? '' : `${ten === 1 ? '' : digits[ten]}じゅう`,
    digits[number % 10],
  ].join('')
}

const placed = (
  digit: number,
  special: Readonly<Partial<Record<number, string>>>,
  unit: string,
): string => (digit === 0 ? '' : (special[digit] ?? `${digits[digit]}${unit}`))
