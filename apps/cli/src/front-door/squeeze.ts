import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { type Gzip, createGzip } from 'node:zlib'

/** Fewer bytes arrive in a few packets anyway. */
const BYTES_MIN = 8_000

/**
 * What makes a long answer of a service short on its way to a phone; null for all that is to go
 * through as it comes. 2,000 shops are 749 kB, and 46 kB by this.
 *
 * Only whole answers in JSON: files are small already, and live events are not to wait for more.
 * What is private is squeezed too. The length of an answer tells a secret in it to who can have it
 * asked for beside text of their own; tokens and codes are in short answers, which go as they come,
 * and no other site's page can ask in somebody's name (SameSite=Strict).
 */
export function squeezerFor(incoming: IncomingMessage, answer: IncomingMessage): Gzip | null {
  const {
    'content-type': type,
    'content-length': length,
    'content-encoding': encoding,
  } = answer.headers
  const isLong = Number(length ?? 0) >= BYTES_MIN
  const isPlainJson = type?.startsWith('application/json') === true && encoding === undefined
  const { method, headers } = incoming
  if (!isLong || !isPlainJson || method === 'HEAD' || !takesGzip(headers['accept-encoding']))
    return null
  return createGzip({ level: 6 })
}

const takesGzip = (accepted: string | string[] | undefined): boolean =>
  /(?:^|,)\s*gzip\s*(?:,|$)/.test(String(accepted ?? ''))

/** The headers of an answer that is squeezed: nobody knows its length before its end. */
export function squeezed(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const { 'content-length': _, ...kept } = headers
  return { ...kept, 'content-encoding': 'gzip', vary: 'accept-encoding' }
}
