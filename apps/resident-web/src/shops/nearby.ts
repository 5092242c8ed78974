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
  languages?: readonly string[] | null | undefined
  isStepFree?: boolean | null | undefined
  location?: Place | null | undefined
  website?: string | null | undefined
}>

export const filters = ['limited', 'open_now', 'late', 'english', 'step_free'] as const

export type Filter = (typeof filters)[number]

const DAY_MS = 86_400_000
const TOKYO_MS = 9 * 3_600_000
const LATE_MINUTES = 22 * 60

/**
 * The shops that match all that is asked, the nearest first where the place is known, else by name.
 * A shop whose place is not known comes last.
 */
export function findShops(
  shops: readonly Shop[],
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
    english: (shop) => (shop.languages ?? []).includes('en'),
    step_free: (shop) => shop.isStepFree === true,
  }
  return shops
    .filter((shop) => words.every((word) => folded(`${shop.name} ${shop.address}`).includes(word)))
    .filter((shop) => category === null || shop.category === category)
    .filter((shop) => filters.every((filter) => !chosen.has(filter) || fits[filter](shop)))
    .map((shop) => ({ shop, metres: metresTo(shop.location, here) }))
    .toSorted(
      (one, other) =>
        (one.metres ?? Infinity) - (other.metres ?? Infinity) ||
        one.shop.name.localeCompare(other.shop.name, 'ja'),
    )
}

/** Which filters say anything: those of which at least one shop has told something. */
export const filtersThatTell = (shops: readonly Shop[]): ReadonlySet<Filter> =>
  new Set(
    filters.filter(
      (filter) =>
        filter === 'limited' ||
        shops.some(({ hours, languages, isStepFree }) => {
          if (filter === 'english') return (languages ?? []).length > 0
          return filter === 'step_free' ? isStepFree === true : (hours ?? []).length > 0
        }),
    ),
  )

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
      (days.includes(yesterday) && minute + 24 * 60 < minutesOf(until)),
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
