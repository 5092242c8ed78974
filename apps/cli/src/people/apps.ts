import type { Origins } from '../platform/addresses.ts'
import type { ServiceUrls } from '../platform/services.ts'
import type { Ceremonies } from './passkey.ts'

/** Where each app signs people up and in. */
export const ceremoniesOf = (
  urls: ServiceUrls,
  origins: Origins,
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
