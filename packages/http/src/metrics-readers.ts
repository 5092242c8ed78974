import { createHash, timingSafeEqual } from 'node:crypto'

export type Reader = Readonly<{
  headers: Headers
  /** Where the connection comes from; undefined when there is none. */
  address: string | undefined
}>

/**
 * Whether a caller may read the metrics: whoever has the token, where one is set; else one on this
 * machine whom no proxy brought. For everyone else there is nothing to be found.
 *
 * A proxy on this machine connects from it for strangers: it is known by the headers that it adds.
 * One that adds none and asks by a local name is not, which is what the token is for.
 * A page in a browser of this machine that had its own name point here asks by that name.
 */
export function mayRead({ headers, address }: Reader, token: string | null): boolean {
  if (token !== null) {
    const [, given] =
      /^Bearer ([\x21-\x7e]{1,512})$/i.exec(headers.get('authorization') ?? '') ?? []
    return given !== undefined && isSame(given, token)
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
