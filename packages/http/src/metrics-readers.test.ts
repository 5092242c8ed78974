import { expect, test } from 'vitest'
import { mayRead } from './metrics-readers.ts'

const token = 'sixteen-characters'
const here = { host: '127.0.0.1:8081' }

const may = (headers: Record<string, string>, address: string | undefined, set = token) =>
  mayRead({ headers: new Headers(headers), address }, set === '' ? null : set)

test.each(['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1', '::FFFF:127.0.0.1'])(
  'a caller on this machine may read, and once a token is set only with it: %s',
  (address) => {
    const withToken = { ...here, authorization: `Bearer ${token}` }
    expect([may(here, address, ''), may(here, address), may(withToken, address)]).toEqual([
      true,
      false,
      true,
    ])
  },
)

test.each([
  '10.0.0.1',
  '172.17.0.1',
  '192.168.1.20',
  '203.0.113.9',
  '1127.0.0.1',
  '128.0.0.1',
  '::',
  '::2',
  'fe80::1',
  '2001:db8::1',
  '::ffff:10.0.0.1',
  '',
  undefined,
])('a caller from elsewhere may not: %s', (address) => expect(may(here, address, '')).toBe(false))

test.each(['localhost', 'LOCALHOST:8081', '127.0.0.1', '127.0.1.1:80', '[::1]:8081', '[::1]'])(
  'a caller who names this machine %s may',
  (host) => expect(may({ host }, '127.0.0.1', '')).toBe(true),
)

test.each([
  'shop.example',
  'shop.example:8081',
  'localhost.example',
  '127.0.0.1.example',
  '0.0.0.0',
])('a page that has its own name point here may not: %s', (host) =>
  expect(may({ host }, '127.0.0.1', '')).toBe(false),
)

test('a caller who names no host may not', () => {
  expect(may({}, '127.0.0.1', '')).toBe(false)
})

test.each([
  'forwarded',
  'x-forwarded-for',
  'X-Forwarded-For',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
])('a caller whom a proxy brought may not, whatever it says: %s', (name) => {
  for (const value of ['203.0.113.9', '127.0.0.1', ''])
    expect(may({ ...here, [name]: value }, '127.0.0.1', '')).toBe(false)
})

test.each([
  [`Bearer ${token}`, true],
  [`bearer ${token}`, true],
  [token, false],
  [`Basic ${token}`, false],
  [`Bearer ${token}x`, false],
  [`Bearer ${token.slice(0, -1)}`, false],
  [`Bearer ${token.toUpperCase()}`, false],
  [`Bearer ${token} ${token}`, false],
  ['Bearer ', false],
  ['Bearer null', false],
])('from elsewhere with the authorization %j: %s', (authorization, isLetIn) => {
  const headers = { authorization, 'x-forwarded-for': '203.0.113.9' }
  expect(may(headers, '203.0.113.9')).toBe(isLetIn)
})

test.each(['', 'Bearer ', 'Bearer null', 'Bearer undefined', `Bearer ${token}`])(
  'where no token is set none lets in: %j',
  (authorization) => expect(may({ authorization }, '203.0.113.9', '')).toBe(false),
)
