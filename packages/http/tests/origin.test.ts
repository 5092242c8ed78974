import { describe, expect, test } from 'vitest'
import { endedSessionCookie, sessionCookie } from '../src/index.ts'
import { origins, post, problemOf, testService } from './_service.ts'

const { app, seen } = testService()

const { staff, resident, shop } = origins
const clerk = '__Host-staff=clerk-c'
const none = undefined

type Asked = { origin?: string | undefined; cookie?: string | undefined; authorization?: string }

const headersOf = ({ origin, cookie, authorization }: Asked): Record<string, string> => ({
  ...(origin === undefined ? {} : { origin }),
  ...(cookie === undefined ? {} : { cookie }),
  ...(authorization === undefined ? {} : { authorization }),
})

const codeOf = async (response: Response) =>
  response.status < 400 ? response.status : (await problemOf(response)).code

describe('a request that changes something', () => {
  test.each<[string, Asked, number | string]>([
    ['our origin with its own cookie', { origin: staff, cookie: clerk }, 200],
    ['no origin, with a cookie of ours', { cookie: clerk }, 'foreign_origin'],
    ['no origin, no cookie', {}, 'sign_in_needed'],
    ['no origin, with a cookie of somebody else', { cookie: 'theme=dark' }, 'sign_in_needed'],
    ['a foreign origin', { origin: 'https://evil.example', cookie: clerk }, 'foreign_origin'],
    ['a foreign origin without a cookie', { origin: 'https://evil.example' }, 'foreign_origin'],
    ['no origin at all in writing', { origin: 'null', cookie: clerk }, 'foreign_origin'],
    ['a sibling', { origin: 'https://x.office.example', cookie: clerk }, 'foreign_origin'],
    ['the parent', { origin: 'https://example', cookie: clerk }, 'foreign_origin'],
    [
      'ours with more behind it',
      { origin: `${staff}.evil.example`, cookie: clerk },
      'foreign_origin',
    ],
    ['ours by http', { origin: 'http://office.example', cookie: clerk }, 'foreign_origin'],
    ['ours on another port', { origin: `${staff}:8443`, cookie: clerk }, 'foreign_origin'],
    ['ours in capitals', { origin: 'https://OFFICE.example', cookie: clerk }, 'foreign_origin'],
    ['ours twice', { origin: `${staff}, ${staff}`, cookie: clerk }, 'foreign_origin'],
    [
      "residents' origin, with staff's cookie",
      { origin: resident, cookie: clerk },
      'sign_in_needed',
    ],
    ["shops' origin, with staff's cookie", { origin: shop, cookie: clerk }, 'sign_in_needed'],
    ['a bearer token without an origin', { authorization: 'Bearer clerk-c' }, 200],
    ['a bearer token in lower case', { authorization: 'bearer clerk-c' }, 200],
    [
      'a bearer token and a cookie, no origin',
      { authorization: 'Bearer clerk-c', cookie: clerk },
      'foreign_origin',
    ],
    [
      'a bearer token from afar',
      { origin: 'https://evil.example', authorization: 'Bearer clerk-c' },
      'foreign_origin',
    ],
    ['another scheme', { authorization: 'Basic clerk-c' }, 'sign_in_needed'],
    ['a token with a space', { authorization: 'Bearer clerk-c x' }, 'sign_in_needed'],
    ['a token of 600 characters', { authorization: `Bearer ${'x'.repeat(600)}` }, 'sign_in_needed'],
    ['a session that nobody has', { origin: staff, cookie: '__Host-staff=gone' }, 'sign_in_needed'],
    ['an empty cookie', { origin: staff, cookie: '__Host-staff=' }, 'sign_in_needed'],
    ['a cookie without its prefix', { origin: staff, cookie: 'staff=clerk-c' }, 'sign_in_needed'],
    [
      'a cookie in another spelling',
      { origin: staff, cookie: '__host-staff=clerk-c' },
      'sign_in_needed',
    ],
    ['another role', { origin: resident, cookie: '__Host-resident=resident-a' }, 'forbidden'],
  ])('%s', async (_, asked, answer) => {
    const headers = { ...headersOf(asked), 'idempotency-key': 'k' }
    const told = await codeOf(await app.request('/v1/closings', { method: 'POST', headers }))
    expect(told).toBe(answer)
  })
})

describe('a request that only reads', () => {
  test.each<[string, Asked, number | string]>([
    ['no origin, with a cookie', { cookie: '__Host-shop=till-1' }, 200],
    ['our origin, with its cookie', { origin: shop, cookie: 'a=b; __Host-shop=till-1' }, 200],
    [
      'another origin of ours',
      { origin: resident, cookie: '__Host-shop=till-1' },
      'sign_in_needed',
    ],
    [
      'a foreign origin',
      { origin: 'https://evil.example', cookie: '__Host-shop=till-1' },
      'foreign_origin',
    ],
    ['a bearer token', { authorization: 'Bearer till-1' }, 200],
    ['nobody', { cookie: none }, 'sign_in_needed'],
    ['another role', { cookie: '__Host-staff=clerk-c' }, 'forbidden'],
  ])('%s', async (_, asked, answer) => {
    const told = await codeOf(await app.request('/v1/tills/x', { headers: headersOf(asked) }))
    expect(told).toBe(answer)
  })
})

describe('a route for anyone', () => {
  test.each<[string, Asked, number | string]>([
    ['nobody', {}, 201],
    ['one of our origins', { origin: resident }, 201],
    ['a foreign origin', { origin: 'https://evil.example' }, 'foreign_origin'],
    ['a cookie without an origin', { cookie: '__Host-resident=resident-a' }, 'foreign_origin'],
    ['a session that has ended', { origin: resident, cookie: '__Host-resident=gone' }, 201],
  ])('%s', async (_, asked, answer) => {
    const init = post('{"amountYen":1}', headersOf(asked))
    expect(await codeOf(await app.request('/v1/payments', init))).toBe(answer)
  })
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'what a foreign form can send (%s) is refused even without an origin',
  async (contentType) => {
    seen.length = 0
    const init = post('{"amountYen":1}', { 'content-type': contentType })
    expect(await codeOf(await app.request('/v1/payments', init))).toBe('unsupported_media_type')
    expect(seen).toEqual([])
  },
)

test('a method cannot be smuggled in', async () => {
  for (const header of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
    const headers = { [header]: 'POST', 'content-type': 'application/json' }
    const response = await app.request('/v1/payments?_method=POST', { headers })
    expect(response.status).toBe(405)
  }
})

test('no origin is ever let in by CORS', async () => {
  for (const method of ['GET', 'POST', 'OPTIONS'])
    for (const origin of [staff, 'https://evil.example', 'null']) {
      const headers = { origin, 'access-control-request-method': 'POST' }
      const response = await app.request('/v1/closings', { method, headers })
      expect([...response.headers.keys()].filter((name) => name.includes('allow-'))).toEqual([])
    }
})

test('nobody learns what a route takes before they may call it', async () => {
  const init = { method: 'POST', body: '{', headers: { 'content-type': 'text/plain' } }
  expect(await codeOf(await app.request('/v1/closings?x=1', init))).toBe('sign_in_needed')
  expect(await codeOf(await app.request('/v1/tills/BROKEN?x'))).toBe('sign_in_needed')
})

test('a session cookie is for this host only, for no script and for no other site', () => {
  expect(sessionCookie({ audience: 'shop', token: 'a-b_c', maxAgeSeconds: 60 })).toBe(
    '__Host-shop=a-b_c; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Strict',
  )
  expect(endedSessionCookie('staff')).toMatch(
    /^__Host-staff=; Path=\/; Max-Age=0; HttpOnly; Secure/,
  )
  for (const token of ['', 'a;b', 'a\r\nb', 'a b', 'あ'])
    expect(() => sessionCookie({ audience: 'shop', token, maxAgeSeconds: 60 })).toThrow(/plain/)
})
