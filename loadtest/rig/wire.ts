import type { Payment } from './codes.ts'
import type { Seeded } from './seeded.ts'

/** Where the residents' app is served, as the services know it without being told. */
export const RESIDENT_ORIGIN = 'http://localhost:8080'

/** A payment as it is sent: the secret is the till's token, or that of the payer's session. */
export type Wire = Readonly<{
  by: Payment['by']
  path: string
  headers: Readonly<Record<string, string>>
  secret: string
  body: string
}>

/** What is sent for a payment. Nothing in a body has a character that JSON would escape. */
export function wireOf(
  { tills, wallets }: Pick<Seeded, 'tills' | 'wallets'>,
  { by, code, yen, till, wallet }: Payment,
): Wire {
  if (by === 'till') {
    const secret = tills[till]?.token ?? ''
    return {
      by,
      path: '/v1/redemptions',
      headers: { authorization: `Bearer ${secret}` },
      secret,
      body: `{"code":"${code}","amountYen":${yen}}`,
    }
  }
  const secret = wallets[wallet]?.sessionToken ?? ''
  return {
    by,
    path: '/v1/payments',
    headers: { cookie: `__Host-resident=${secret}`, origin: RESIDENT_ORIGIN },
    secret,
    body: `{"payment":"${code}"}`,
  }
}
