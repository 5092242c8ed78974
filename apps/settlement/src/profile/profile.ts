import type { Db } from '@minnaken/db'
import type { Instant } from '@minnaken/domain'

export type Opening = Readonly<{ day: number; from: string; until: string }>

/** What a shop says of itself to customers. */
export type Profile = Readonly<{
  hours: readonly Opening[]
  closedDays: string
  languages: readonly string[]
  stepFree: boolean
  website: string | null
  location: Readonly<{ latitude: string; longitude: string }> | null
}>

export const nothingSaid: Profile = {
  hours: [],
  closedDays: '',
  languages: ['ja'],
  stepFree: false,
  website: null,
  location: null,
}

export async function findProfile(db: Db, shopId: string): Promise<Profile | null> {
  const row = await db
    .selectFrom('shop.profile')
    .selectAll()
    .where('shop_id', '=', shopId)
    .executeTakeFirst()
  if (row === undefined) return null
  const { latitude, longitude } = row
  return {
    hours: openingsOf(row.hours),
    closedDays: row.closed_days,
    languages: row.languages,
    stepFree: row.step_free,
    website: row.website,
    location:
      latitude === null || longitude === null
        ? null
        : { latitude: String(latitude), longitude: String(longitude) },
  }
}

/** Says anew all that a shop says of itself. */
export async function saveProfile(
  db: Db,
  { shopId, profile, at }: Readonly<{ shopId: string; profile: Profile; at: Instant }>,
): Promise<void> {
  const said = {
    hours: JSON.stringify(profile.hours),
    closed_days: profile.closedDays,
    languages: [...profile.languages],
    step_free: profile.stepFree,
    website: profile.website,
    latitude: profile.location === null ? null : Number(profile.location.latitude),
    longitude: profile.location === null ? null : Number(profile.location.longitude),
    changed_at: new Date(at),
  }
  await db
    .insertInto('shop.profile')
    .values({ shop_id: shopId, ...said })
    .onConflict((there) => there.column('shop_id').doUpdateSet(said))
    .execute()
}

/** The opening hours as they were saved. */
export const openingsOf = (stored: unknown): Opening[] =>
  Array.isArray(stored) ? stored.map((each) => each as Opening) : []

/** Days with the same hours as one line, Monday to Sunday as 1 to 7. */
export function hoursByTime(
  hours: readonly Opening[],
): { days: number[]; from: string; until: string }[] {
  const lines = new Map<string, { days: number[]; from: string; until: string }>()
  for (const { day, from, until } of hours) {
    const line = lines.get(`${from} ${until}`) ?? { days: [], from, until }
    line.days.push(day === 0 ? 7 : day)
    lines.set(`${from} ${until}`, line)
  }
  return [...lines.values()].map((line) => ({
    ...line,
    days: [...new Set(line.days)].toSorted((a, b) => a - b),
  }))
}
