import type { Instant } from './time.ts'

/** What a person may be on this platform. Shop staff act through a till that joined their shop. */
export const roles = [
  'resident',
  'shop_owner',
  'shop_staff',
  'clerk',
  'approver',
  'auditor',
] as const

export type Role = (typeof roles)[number]

/** Who is asking, as far as it is proved: by a passkey session, or by a till's token. */
export type Actor =
  | Readonly<{
      role: 'resident' | 'shop_owner' | 'clerk' | 'approver' | 'auditor'
      accountId: string
      /** When the passkey that opened this session was shown. */
      signedInAt: Instant
    }>
  | Readonly<{ role: 'shop_staff'; tillId: string; shopId: string }>

/** The three web origins and so the three kinds of session; a passkey of one is refused at another. */
export type Audience = 'resident' | 'shop' | 'staff'

export const audienceOf = (role: Exclude<Role, 'shop_staff'>): Audience =>
  role === 'resident' ? 'resident' : role === 'shop_owner' ? 'shop' : 'staff'
