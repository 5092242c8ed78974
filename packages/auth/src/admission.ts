import { createHmac, createSecretKey } from 'node:crypto'
import type { Instant } from '@minnaken/domain'
import { base64url, compactVerify, errors } from 'jose'
import { Remembered } from './remembered.ts'

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
  sign: (ticket: AdmissionTicket) => string
  read: (text: string, now: Instant) => Promise<ReadTicket>
  /** What a ticket calls a session: the same each time, and no way back to the session's token. */
  holderOf: (sessionToken: string) => string
}>

/** The same on every ticket, letter for letter: no ticket can choose how it is checked. */
const protectedHeader = { alg: 'HS256', typ: 'admission+jws' } as const
const HEADER_AND_DOT = `${base64url.encode(JSON.stringify(protectedHeader))}.`
const pinned = { algorithms: [protectedHeader.alg] }
const LENGTH_MAX = 512
/** Two lines full of people; some tens of megabytes. */
const REMEMBERED_MAX = 100_000
/**
 * Two readers of Base64 may differ over a blank; in a ticket there is none. Of the last letter of 32
 * bytes two bits say nothing; in a ticket they are zero, so that it has one spelling.
 */
const plainRest = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

/**
 * Opens the office of all processes that are given this secret. They read each other's tickets, and
 * those of before a restart.
 *
 * Reading needs no database: the signature is all there is to check. It costs some 70 µs, which is
 * much for those who only ask again: a text whose signature was good once is good for ever, and is
 * remembered. It is HMAC and not a public key because only we ever read what we signed.
 */
export function openTicketOffice(secret: string): TicketOffice {
  const derive = (what: string): Buffer => createHmac('sha256', secret).update(what).digest()
  // A key object is made once; from bytes it would be made for every request.
  const signingKey = createSecretKey(derive('admission ticket'))
  const holderKey = createSecretKey(derive('admission holder'))
  const genuine = new Remembered<string, AdmissionTicket>(REMEMBERED_MAX)
  const verified = async (text: string): Promise<AdmissionTicket | null> => {
    if (text.length > LENGTH_MAX || !text.startsWith(HEADER_AND_DOT)) return null
    if (!plainRest.test(text.slice(HEADER_AND_DOT.length))) return null
    try {
      const { payload } = await compactVerify(text, signingKey, pinned)
      const ticket = ticketOf(JSON.parse(new TextDecoder().decode(payload)) as Claims)
      genuine.set(text, ticket)
      return ticket
    } catch (error) {
      if (error instanceof errors.JOSEError) return null
      throw error
    }
  }
  return {
    sign: (ticket) => {
      const signed = HEADER_AND_DOT + base64url.encode(JSON.stringify(claimsOf(ticket)))
      const text = `${signed}.${createHmac('sha256', signingKey).update(signed).digest('base64url')}`
      genuine.set(text, ticket)
      return text
    },
    read: async (text, now) => {
      const ticket = genuine.get(text) ?? (await verified(text))
      if (ticket === null) return { kind: 'ticket_not_ours' }
      return now < ticket.expiresAt ? { kind: 'read', ticket } : { kind: 'ticket_expired' }
    },
    holderOf: (sessionToken) =>
      createHmac('sha256', holderKey).update(sessionToken).digest().toString('base64url', 0, 16),
  }
}

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
