import type { Db } from '@minnaken/db'
import { hoursByTime, openingsOf } from './profile.ts'

/** The shops where vouchers can be spent now, with what each says of itself, for anyone. */
export async function listOpenShops(db: Db) {
  const rows = await db
    .selectFrom('shop.shop as shop')
    .leftJoin('shop.profile as profile', 'profile.shop_id', 'shop.shop_id')
    .leftJoin('shop.photo as photo', 'photo.shop_id', 'shop.shop_id')
    .select([
      'shop.shop_no as shopNo',
      'shop.name',
      'shop.address',
      'shop.category',
      'shop.shop_class as shopClass',
      'profile.hours',
      'profile.closed_days as closedDays',
      'profile.languages',
      'profile.step_free as isStepFree',
      'profile.website',
      'profile.latitude',
      'profile.longitude',
      'photo.photo_id as photoId',
    ])
    .where('shop.state', '=', 'active')
    .orderBy('shop.shop_no')
    .execute()
  return rows.map(({ hours, languages, latitude, longitude, closedDays, photoId, ...shop }) => {
    const openings = hours === null ? [] : hoursByTime(openingsOf(hours))
    return {
      ...shop,
      closedDays: closedDays === '' ? null : closedDays,
      hours: openings.length === 0 ? null : openings,
      languages: languages ?? [],
      location: latitude === null || longitude === null ? null : { latitude, longitude },
      ...(photoId === null ? {} : { photoId }),
    }
  })
}
