import { cookieName } from '@minnaken/http'
import { parse as parseCookies } from 'hono/utils/cookie'

/** The session's token as the browser sent it; the edge has checked its origin. */
export const sessionTokenOf = (headers: Headers): string | undefined =>
  cookieOf(headers, cookieName('resident'))

/** A cookie of this host, or undefined. */
export const cookieOf = (headers: Headers, name: string): string | undefined =>
  parseCookies(headers.get('cookie') ?? '', name)[name]
