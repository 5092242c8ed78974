import { createHash, timingSafeEqual } from 'node:crypto'

export type Reader = Readonly<{
  headers: Headers
  /** Where the connection comes from; undefined when there is none. */
  address: string | undefined
}>

/**
 * Whether a caller may read the metrics: one on this machine whom no proxy brought, or anyone who
 * has the token. For everyone else there is nothing to be found.
 *
 * A proxy on this machine connects from it for strangers: it is known by the headers that it adds.
 * So is a page in a browser of this machine that had its own name point here: it asks by that name.
 */
export function mayRead({ headers, address }: Reader, token: string | null): boolean {
  if (token !== null) {
    const [, given] =
      /^Bearer ([\x21-\x7e]{1,512})$/i.exec(headers.get('authorization') ?? '') ?? []
    if (given !== undefined && isSame(given, token)) return true
  }
  if (address === undefined || !loopback.test(address)) return false
  if (!localName.test(headers.get('host') ?? '')) return false
  return ![...headers.keys()].some((name) => proxied.test(name))
}

const loopback = /^(?:(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1)$/i

const localName = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?$/i

const proxied = /^(?:forwarded|via|x-real-ip|x-forwarded-.*)$/

/** Compares digests: how long it takes tells nothing of where two tokens differ. */
const isSame = (given: string, token: string): boolean =>
  timingSafeEqual(digestOf(given), digestOf(token))

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()
