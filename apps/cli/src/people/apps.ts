import type { ServiceUrls } from '../platform/services.ts'
import type { Ceremonies } from './passkey.ts'

export type Origins = Readonly<{ resident: string; shop: string; staff: string }>

/** The origins of the three apps on one machine. */
export const localOrigins: Origins = {
  resident: process.env['MINNAKEN_ORIGIN_RESIDENT'] ?? 'http://localhost:8080',
  shop: process.env['MINNAKEN_ORIGIN_SHOP'] ?? 'http://localhost:8081',
  staff: process.env['MINNAKEN_ORIGIN_STAFF'] ?? 'http://localhost:8082',
}

/** Where each app signs people up and in. */
export const ceremoniesOf = (
  urls: ServiceUrls,
  origins: Origins = localOrigins,
): Readonly<Record<'resident' | 'shop' | 'staff', Ceremonies>> => ({
  resident: {
    url: urls.purchase,
    origin: origins.resident,
    registrationOptions: '/v1/passkeys/registration-options',
    registration: '/v1/passkeys',
    signInOptions: '/v1/sessions/options',
    signIn: '/v1/sessions',
  },
  shop: {
    url: urls.settlement,
    origin: origins.shop,
    registrationOptions: '/v1/shop-passkeys/registration-options',
    registration: '/v1/shop-passkeys',
    signInOptions: '/v1/shop-sessions/options',
    signIn: '/v1/shop-sessions',
  },
  staff: {
    url: urls.settlement,
    origin: origins.staff,
    registrationOptions: '/v1/staff-passkeys/registration-options',
    registration: '/v1/staff-passkeys',
    signInOptions: '/v1/staff-sessions/options',
    signIn: '/v1/staff-sessions',
  },
})
