import { createHmac } from 'node:crypto'
import type { Instant } from '@minnaken/domain'
import { CompactSign, base64url, compactVerify, errors } from 'jose'

/** A place in line, and later the turn that it came to. Nothing in it says who somebody is. */
export type AdmissionTicket = Readonly<{
  kind: 'waiting' | 'admitted'
  /** Names the place; the turn that it comes to has the same. */
  placeId: string
  /** When the place was given, and as which of its process: whoever was given one first goes first. */
  givenAt: Instant
  givenNo: number
  /** The session that it was given to, as only we can tell; null for somebody not signed in. */
  holder: string | null
  expiresAt: Instant
}>

export type ReadTicket =
  | Readonly<{ kind: 'read'; ticket: AdmissionTicket }>
  | Readonly<{ kind: 'ticket_not_ours' | 'ticket_expired' }>

/** Signs and reads the tickets of one installation. */
export type TicketOffice = Readonly<{
  sign: (ticket: AdmissionTicket) => Promise<string>
  read: (text: string, now: Instant) => Promise<ReadTicket>
  /** What a ticket calls a session: the same each time, and no way back to the session's token. */
  holderOf: (sessionToken: string) => string
}>

/** The same on every ticket, letter for letter: no ticket can choose how it is checked. */
const protectedHeader = { alg: 'HS256', typ: 'admission+jws' } as const
const HEADER_AND_DOT = `${base64url.encode(JSON.stringify(protectedHeader))}.`
const pinned = { algorithms: [protectedHeader.alg] }
const LENGTH_MAX = 512
/** Two readers of Base64 may differ over a blank; in a ticket there is none. */
const plainRest = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/

/**
 * Opens the office of all processes that are given this secret. They read each other's tickets, and
 * those of before a restart.
 *
 * Reading needs no database: the signature is all there is to check, and costs some tens of
 * microseconds. It is HMAC and not a public key because only we ever read what we signed.
 */
export function openTicketOffice(secret: string): TicketOffice {
  const derive = (what: string): Buffer => createHmac('sha256', secret).update(what).digest()
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const bytes = new Uint8Array(derive('admission ticket'))
  const key = crypto.subtle.importKey('raw', bytes, hmac, false, ['sign', 'verify'])
  const holderKey = derive('admission holder')
  return {
    sign: async (ticket) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(claimsOf(ticket))))
        .setProtectedHeader(protectedHeader)
        .sign(await key),
    read: async (text, now) => {
      if (text.length > LENGTH_MAX || !text.startsWith(HEADER_AND_DOT)) return notOurs
      if (!plainRest.test(text.slice(HEADER_AND_DOT.length))) return notOurs
      try {
        const { payload } = await compactVerify(text, await key, pinned)
        const ticket = ticketOf(JSON.parse(new TextDecoder().decode(payload)) as Claims)
        return now < ticket.expiresAt ? { kind: 'read', ticket } : { kind: 'ticket_expired' }
      } catch (error) {
        if (error instanceof errors.JOSEError) return notOurs
        throw error
      }
    },
    holderOf: (sessionToken) =>
      createHmac('sha256', holderKey).update(sessionToken).digest().toString('base64url', 0, 16),
  }
}

const notOurs = { kind: 'ticket_not_ours' } as const

/** In this order; what is behind a good signature was written by `claimsOf`. */
type Claims = readonly [
  kind: AdmissionTicket['kind'],
  placeId: string,
  givenAt: Instant,
  givenNo: number,
  holder: string | null,
  expiresAt: Instant,
]

const claimsOf = (ticket: AdmissionTicket): Claims => [
  ticket.kind,
  ticket.placeId,
  ticket.givenAt,
  ticket.givenNo,
  ticket.holder,
  ticket.expiresAt,
]

const ticketOf = ([kind, placeId, givenAt, givenNo, holder, expiresAt]: Claims) => ({
  kind,
  placeId,
  givenAt,
  givenNo,
  holder,
  expiresAt,
})
