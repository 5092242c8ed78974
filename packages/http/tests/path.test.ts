import { afterAll, beforeAll, expect, test } from 'vitest'
import { securityHeaders, serve, type Running } from '../src/index.ts'
import { post, problemOf, problemSchema, testService } from './_service.ts'
import { tell } from './_wire.ts'

const { service, app, seen } = testService()
let running: Running

beforeAll(async () => {
  running = await serve(service, { port: 0, noticeMs: 0 })
})
afterAll(() => running.drain())

const ask = (path: string, method = 'GET', more = '') =>
  tell(running.port, [
    `${method} ${path} HTTP/1.1\r\nHost: a.example\r\n${more || 'Connection: close\r\n'}\r\n`,
  ])

test.each([
  '//v1/tills/x',
  '/v1//tills/x',
  '/v1/tills//x',
  '/v1/tills/x/',
  '/v1/tills/',
  '/v1/tills/%78',
  '/v1/tills%2fx',
  '/v1%2ftills/x',
  '/%76%31/tills/x',
  '/v1/tills/x%2f..%2fy',
  '/v1/tills/%252e%252e',
  '/v1/tills/x%00',
  '/v1/tills/x;a=b',
  '/v1;/tills/x',
  '/V1/tills/x',
  '/v1/Tills/x',
  '/v1/tills/x#y',
  '/v1/tills/x.json/',
  '/v1/tills/あ',
  '/v1/tills/x|y',
  '/',
  '/v1',
  '/admin',
])('%s is no path', async (path) => {
  const told = await ask(encodeURI(path).replaceAll('%25', '%'))
  expect(told.status).toBe(404)
  expect(problemSchema.parse(JSON.parse(told.body)).code).toBe('not_found')
})

test.each(['/v1/tills/x\\y', '/v1\\tills\\x', 'v1/tills/x', '*'])(
  '%s is no address',
  async (path) => {
    expect((await ask(path)).status).toBe(400)
  },
)

// The URL's own rules turn these into another path; the guard belongs to the route that it finds.
test.each(['/v1/x/../tills/x', '/v1/./tills/x', '/v1/tills/%2e%2e/tills/x', '/v1/%2E/tills/x'])(
  '%s is guarded like the path that it means',
  async (path) => {
    expect((await ask(path)).status).toBe(401)
  },
)

test('an absolute address is guarded like its path', async () => {
  expect((await ask('http://elsewhere.example/v1/tills/x')).status).toBe(401)
  expect((await ask('http://elsewhere.example//v1/tills/x')).status).toBe(404)
})

test('an id that its schema refuses is not found', async () => {
  const headers = { authorization: 'Bearer till-1' }
  for (const id of ['A', 'x_y', 'x'.repeat(21), 'x.y', 'x:y', '~x', '@x', '-'.repeat(30)]) {
    const response = await app.request(`/v1/tills/${id}`, { headers })
    expect((await problemOf(response)).code).toBe('not_found')
  }
})

test('a path that is known by another method says which', async () => {
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'TRACE']) {
    const told = await ask('/v1/payments', method)
    expect([method, told.status, told.headers.get('allow')]).toEqual([method, 405, 'POST'])
  }
  const told = await ask('/v1/statement.csv', 'POST', 'Content-Length: 0\r\n')
  expect([told.status, told.headers.get('allow')]).toEqual([405, 'HEAD, GET'])
  expect((await ask('/v1/statement.csv', 'HEAD')).status).toBe(200)
  expect((await ask('/v1/statement.csv', 'HEAD')).body).toBe('')
  expect((await ask('/v1/tills/x', 'HEAD')).status).toBe(401)
  expect(seen).toEqual([])
})

const good = 'Content-Type: application/json\r\n'
const wire: [string, string, number][] = [
  ['a method that nobody knows', 'STEAL /v1/payments HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ['no HTTP at all', '\x16\x03\x01\x02\x00\r\n\r\n', 400],
  ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
  ['a host that is none', 'GET /healthz HTTP/1.1\r\nHost: a b/c\r\n\r\n', 400],
  [
    'two lengths',
    `POST /v1/payments HTTP/1.1\r\nHost: a\r\n${good}Content-Length: 1\r\nContent-Length: 2\r\n\r\n11`,
    400,
  ],
  [
    'a length and chunks',
    `POST /v1/payments HTTP/1.1\r\nHost: a\r\n${good}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
  ],
  [
    'a length below zero',
    `POST /v1/payments HTTP/1.1\r\nHost: a\r\n${good}Content-Length: -1\r\n\r\n`,
    400,
  ],
  [
    'chunks packed twice',
    `POST /v1/payments HTTP/1.1\r\nHost: a\r\n${good}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`,
    400,
  ],
  ['a header that is folded', 'GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n  2\r\n\r\n', 400],
  ['a header with NUL', 'GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: 1\0\r\n\r\n', 400],
  [
    '32 KB of headers',
    `GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(32_768)}\r\n\r\n`,
    431,
  ],
]

test.each(wire)('%s is refused, and the service goes on', async (_, request, status) => {
  const told = await tell(running.port, [request], 500)
  expect(told.status).toBe(status)
  expect(Object.fromEntries(told.headers)).toMatchObject({
    ...securityHeaders,
    'content-type': 'application/problem+json',
  })
  expect(seen).toEqual([])
  expect((await fetch(`${running.url}/healthz`)).status).toBe(200)
})

test('a chunk that is no chunk ends the connection without an answer', async () => {
  const head = `POST /v1/payments HTTP/1.1\r\nHost: a\r\n${good}Transfer-Encoding: chunked\r\n\r\n`
  expect(await tell(running.port, [head, 'zz\r\n'])).toMatchObject({ status: 0, isClosed: true })
  expect(seen).toEqual([])
})

test.each([
  ['an upgrade', 'Connection: Upgrade\r\nUpgrade: h2c\r\n', 401],
  [
    'a websocket',
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n',
    401,
  ],
  ['an expectation', 'Expect: wonders\r\n', 401],
])('%s changes nothing', async (_, more, status) => {
  expect((await ask('/v1/tills/x', 'GET', more)).status).toBe(status)
})

test.each([
  ['a plain id', 'till-1.2_3', true],
  ['64 characters', 'x'.repeat(64), true],
  ['65 characters', 'x'.repeat(65), false],
  ['a blank', 'a b', false],
  ['a header behind it', 'a%0d%0aset-cookie: x=y', false],
  ['quotes', '"},{"level":"fatal', false],
  ['nothing', '', false],
  ['Latin-1', 'é', false],
])('a request id of %s is taken or replaced', async (_, id, isTaken) => {
  const response = await app.request('/v1/nothing', { headers: { 'x-request-id': id } })
  const echoed = response.headers.get('x-request-id') ?? ''
  expect(echoed === id).toBe(isTaken)
  expect(echoed).toMatch(/^[A-Za-z0-9._-]{1,64}$/)
  expect((await problemOf(response)).requestId).toBe(echoed)
  expect(response.headers.get('set-cookie')).toBeNull()
})

test('a raw line break in a request id never reaches a reply', async () => {
  const told = await ask('/v1/nothing', 'GET', 'X-Request-Id: a\r\nSet-Cookie: x=y\r\n')
  expect(told.headers.get('set-cookie')).toBeNull()
})

test('every reply carries the security headers, whatever its status', async () => {
  const { origin, cookie } = { origin: 'https://office.example', cookie: '__Host-staff=clerk-c' }
  const asked: [number, string, RequestInit?][] = [
    [200, '/healthz'],
    [200, '/readyz'],
    [200, '/openapi.json'],
    [200, '/v1/statement.csv'],
    [201, '/v1/payments', post('{"amountYen":1}')],
    [400, '/v1/payments', post('{')],
    [401, '/v1/tills/x'],
    [403, '/v1/tills/x', { headers: { origin, cookie, 'x-request-id': 'r' } }],
    [403, '/v1/payments', post('{"amountYen":1}', { origin: 'https://evil.example' })],
    [404, '/v1/nothing'],
    [405, '/v1/payments'],
    [409, '/v1/payments', post('{"amountYen":999}')],
    [413, '/v1/payments', post(`"${'x'.repeat(70_000)}"`)],
    [415, '/v1/payments', post('{}', { 'content-type': 'text/plain' })],
    [500, '/v1/broken'],
  ]
  for (const [status, path, init] of asked) {
    for (const response of [
      await app.request(path, init),
      await fetch(`${running.url}${path}`, init),
    ]) {
      expect([path, response.status]).toEqual([path, status])
      expect(Object.fromEntries(response.headers)).toMatchObject({
        ...securityHeaders,
        'cache-control': 'no-store',
      })
      expect(response.headers.get('x-request-id')).toMatch(/^[A-Za-z0-9._-]{1,64}$/)
      const type = status < 400 ? /json|csv/ : /^application\/problem\+json$/
      expect(response.headers.get('content-type')).toMatch(type)
      await response.body?.cancel()
    }
  }
})

test('a file is named in ASCII and in full, and its name cannot add a header', async () => {
  const response = await app.request('/v1/statement.csv')
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="___1.csv"; filename*=UTF-8''%E6%98%8E%E7%B4%B0%201.csv`,
  )
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(await response.text()).toBe('a,b\r\n')
})
