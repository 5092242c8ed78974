/** When a shop is open: on these days (1 is Monday), in hours of Tokyo; `26:00` is 2 at night. */
export type Hours = Readonly<{ days: readonly number[]; from: string; until: string }>

export type Place = Readonly<{ latitude: number; longitude: number }>

/** A shop of the list. What a shop has not told is absent or null, and no filter finds it. */
export type Shop = Readonly<{
  shopNo: string
  name: string
  address: string
  category: string
  shopClass: string
  hours?: readonly Hours[] | null | undefined
  closedDays?: string | null | undefined
  languages?: readonly string[] | null | undefined
  isStepFree?: boolean | null | undefined
  location?: Place | null | undefined
  website?: string | null | undefined
  photoId?: string | undefined
}>

export const filters = [
  'limited',
  'open_now',
  'late',
  'english',
  'chinese',
  'korean',
  'step_free',
] as const

export type Filter = (typeof filters)[number]

const DAY_MS = 86_400_000
const TOKYO_MS = 9 * 3_600_000
const DAY_MINUTES = 24 * 60
const LATE_MINUTES = 22 * 60

const byName = new Intl.Collator('ja', { numeric: true })

/** The shops in the order of their names, each with what it is found by. */
export type Listed = readonly Readonly<{ shop: Shop; foundBy: string }>[]

/** Makes ready for searching, once for a list: for 2,000 shops it costs more than a search does. */
export const listedShops = (shops: readonly Shop[]): Listed =>
  shops
    .map((shop) => ({ shop, foundBy: folded(`${shop.name} ${shop.address}`) }))
    .toSorted((one, other) => byName.compare(one.shop.name, other.shop.name))

/**
 * The shops that match all that is asked, the nearest first where the place is known, else by name.
 * A shop whose place is not known comes last.
 */
export function findShops(
  listed: Listed,
  {
    text,
    chosen,
    category,
    takesLimited,
    here,
    now,
  }: Readonly<{
    text: string
    chosen: ReadonlySet<Filter>
    category: string | null
    takesLimited: (shop: Shop) => boolean
    here: Place | null
    now: number
  }>,
): readonly Readonly<{ shop: Shop; metres: number | null }>[] {
  const words = folded(text).split(/\s+/).filter(Boolean)
  const fits: Readonly<Record<Filter, (shop: Shop) => boolean>> = {
    limited: takesLimited,
    open_now: (shop) => isOpen(shop, now),
    late: (shop) => (shop.hours ?? []).some(({ until }) => minutesOf(until) > LATE_MINUTES),
    english: (shop) => speaks(shop, 'en'),
    chinese: (shop) => speaks(shop, 'zh-Hans'),
    korean: (shop) => speaks(shop, 'ko'),
    step_free: (shop) => shop.isStepFree === true,
  }
  const wanted = filters.filter((filter) => chosen.has(filter))
  const found = listed
    .filter(({ shop }) => category === null || shop.category === category)
    .filter(({ foundBy }) => words.every((word) => foundBy.includes(word)))
    .filter(({ shop }) => wanted.every((filter) => fits[filter](shop)))
    .map(({ shop }) => ({ shop, metres: metresTo(shop.location, here) }))
  // Those that are equally far stay in the order of their names.
  return here === null
    ? found
    : found.toSorted((one, other) => (one.metres ?? FAR_M) - (other.metres ?? FAR_M))
}

/** Farther than any place on earth: where nobody knows how far it is. */
const FAR_M = 1e9

const speaks = ({ languages }: Shop, language: string): boolean =>
  (languages ?? []).includes(language)

/** Which filters say anything: those of which at least one shop has told something. */
export const filtersThatTell = (shops: readonly Shop[]): ReadonlySet<Filter> =>
  new Set(
    filters.filter((filter) => filter === 'limited' || shops.some((shop) => tells[filter](shop))),
  )

const hasHours = ({ hours }: Shop): boolean => (hours ?? []).length > 0

const tells: Readonly<Record<Exclude<Filter, 'limited'>, (shop: Shop) => boolean>> = {
  open_now: hasHours,
  late: hasHours,
  english: (shop) => speaks(shop, 'en'),
  chinese: (shop) => speaks(shop, 'zh-Hans'),
  korean: (shop) => speaks(shop, 'ko'),
  step_free: ({ isStepFree }) => isStepFree === true,
}

/** Letters of any width and case, katakana as hiragana: found however it is typed. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return 60 * hours + minutes
}

/** A kept hour as a clock shows it: 26:00 is 2:00 on the next day, and 24:00 ends its own. */
export function onClock(kept: string): Readonly<{ time: string; isNextDay: boolean }> {
  const minutes = minutesOf(kept)
  if (minutes <= DAY_MINUTES) return { time: kept, isNextDay: false }
  const [, past = ''] = kept.split(':')
  return { time: `${Math.floor(minutes / 60) - 24}:${past}`, isNextDay: true }
}

/** Whether a shop is open at a moment; hours past midnight belong to the day on which they began. */
export function isOpen({ hours }: Pick<Shop, 'hours'>, now: number): boolean {
  const local = now + TOKYO_MS
  const minute = Math.floor((local % DAY_MS) / 60_000)
  // 1 January 1970 was a Thursday.
  const today = ((Math.floor(local / DAY_MS) + 3) % 7) + 1
  const yesterday = today === 1 ? 7 : today - 1
  return (hours ?? []).some(
    ({ days, from, until }) =>
      (days.includes(today) && minutesOf(from) <= minute && minute < minutesOf(until)) ||
      (days.includes(yesterday) && minute + DAY_MINUTES < minutesOf(until)),
  )
}

const EARTH_M = 6_371_000
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** How far a shop is, as the crow flies; null when either place is not known. */
export function metresTo(shop: Place | null | undefined, here: Place | null): number | null {
  if (here === null || shop === null || shop === undefined) return null
  const up = radians(shop.latitude - here.latitude)
  const along = radians(shop.longitude - here.longitude)
  const part =
    Math.sin(up / 2) ** 2 +
    Math.cos(radians(here.latitude)) * Math.cos(radians(shop.latitude)) * Math.sin(along / 2) ** 2
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(part)))
}
