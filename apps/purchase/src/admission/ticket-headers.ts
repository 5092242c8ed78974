import { cookieOf } from '../sessions/session-token.ts'

/**
 * A ticket travels in a header, and in a browser as a cookie too: so the web app need not keep it,
 * the waiting page works without scripts, and no script can read it.
 */
const HEADER = 'admission-ticket'
const COOKIE = '__Host-admission'
const cookieRules = 'Path=/; HttpOnly; Secure; SameSite=Strict'

export const ticketTextOf = (headers: Headers): string | null => {
  const text = headers.get(HEADER) ?? cookieOf(headers, COOKIE) ?? ''
  return text === '' ? null : text
}

export const giveTicket = (ticket: string, maxAgeMs: number): Readonly<Record<string, string>> => ({
  [HEADER]: ticket,
  'set-cookie': `${COOKIE}=${ticket}; Max-Age=${Math.ceil(maxAgeMs / 1_000)}; ${cookieRules}`,
})

/** Makes the browser forget a ticket that does not count, so that the next try takes a new place. */
export const forgetTicket: Readonly<Record<string, string>> = {
  'set-cookie': `${COOKIE}=; Max-Age=0; ${cookieRules}`,
}
