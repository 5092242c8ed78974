import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Doors, openDoors } from '../src/front-door/front-door.ts'
import { readPages } from '../src/front-door/pages.ts'
import { openServices } from './_services.ts'

const script = 'console.log(1)\n'.repeat(100)

let folder: string
let services: Awaited<ReturnType<typeof openServices>>
let doors: Doors
let origin: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'front-door-'))
  await mkdir(join(folder, 'dist/assets'), { recursive: true })
  const put = (name: string, body: string | Buffer) => writeFile(join(folder, name), body)
  await put('secret.json', '{"secret":"canary"}')
  await put('dist/index.html', '<!doctype html><title>app</title>')
  await put('dist/sw.js', 'self.x = 1')
  await put('dist/.built', 'canary')
  await put('dist/assets/index-abc123.js', script)
  await put('dist/assets/index-abc123.js.br', brotliCompressSync(script))
  await put('dist/assets/scan-worker-abc123.js', 'self.y = 1')
  services = await openServices()
  const pages = await readPages(join(folder, 'dist'))
  doors = await openDoors({
    urls: services.urls,
    doors: [
      { port: 0, pages },
      { port: 0, pages: new Map() },
    ],
  })
  origin = `http://127.0.0.1:${doors.ports[0]}`
})

afterAll(async () => {
  await doors.stop()
  await services.stopAll()
  await rm(folder, { recursive: true })
})

const get = (path: string, init: RequestInit = {}) => fetch(`${origin}${path}`, init)

/** A request as it is written, without a client that tidies its path. */
function raw(path: string, method = 'GET', headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: doors.ports[0], path, method, headers })
      asked.once('error', reject)
      asked.once('response', (answer) => {
        void text(answer).then((body) =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
        )
      })
      asked.end()
    },
  )
}

describe('the pages', () => {
  test.each([
    ['/', 200],
    ['/pay/read', 200],
    ['/s/1000019', 200],
    ['/sw.js', 200],
    ['/assets/index-abc123.js', 200],
    ['/assets/gone-abc123.js', 404],
    ['/favicon.ico', 404],
    ['/readyz', 200],
    ['/healthz', 200],
  ])('%s is %i, and has every header', async (path, status) => {
    const { status: answered, headers } = await get(path)
    expect(answered).toBe(status)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toMatch(/camera=\(self\).*microphone=\(\)/)
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('strict-transport-security')).toContain('max-age=63072000')
  })

  test('another method is refused with every header', async () => {
    const { status, headers } = await get('/', { method: 'POST', body: 'x' })
    expect(status).toBe(405)
    expect(headers.get('allow')).toBe('GET, HEAD')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test('only the worker of the scanner may compile wasm', async () => {
    const policyOf = async (path: string) =>
      (await get(path)).headers.get('content-security-policy')
    expect(await policyOf('/assets/scan-worker-abc123.js')).toContain("'wasm-unsafe-eval'")
    expect(await policyOf('/')).not.toContain('wasm')
    expect(await policyOf('/assets/index-abc123.js')).not.toContain('wasm')
  })

  test.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/../../secret.json',
    '/assets/..%5c..%5csecret.json',
    '//secret.json',
    '/.built',
    '/assets/%00',
    '/index.html/../../secret.json',
  ])('%s reaches nothing outside of the app', async (path) => {
    const { body } = await raw(path)
    expect(body).not.toContain('canary')
  })

  test('files with a hash are kept for ever, the others are asked for anew', async () => {
    const cacheOf = async (path: string) => (await get(path)).headers.get('cache-control')
    expect(await cacheOf('/assets/index-abc123.js')).toContain('immutable')
    for (const path of ['/', '/sw.js', '/wallet']) expect(await cacheOf(path)).toBe('no-cache')
    const { headers } = await get('/')
    const again = await get('/', { headers: { 'if-none-match': headers.get('etag') ?? '' } })
    expect(again.status).toBe(304)
  })

  test.each([
    ['br, gzip', 'br'],
    ['gzip, br;q=0', undefined],
    ['', undefined],
  ])('a browser that takes "%s" gets %s', async (accepted, encoding) => {
    const answer = await raw('/assets/index-abc123.js', 'GET', { 'accept-encoding': accepted })
    expect(answer.headers['content-encoding']).toBe(encoding)
    expect(answer.headers['vary']).toBe('accept-encoding')
    expect(answer.body === script).toBe(encoding === undefined)
  })

  test('HEAD has the headers and nothing else', async () => {
    const { status, headers, body } = await raw('/', 'HEAD')
    expect([status, body]).toEqual([200, ''])
    expect(headers['content-type']).toContain('text/html')
  })

  test('a door for programs has none', async () => {
    expect((await fetch(`http://127.0.0.1:${doors.ports[1]}/`)).status).toBe(404)
  })
})

describe('the way to the services', () => {
  test.each([
    ['/v1/campaigns', 'purchase'],
    ['/v1/campaigns/AKI2026', 'purchase'],
    ['/v1/shops/7/day', 'redemption'],
    ['/v1/shops/mine/day', 'settlement'],
    ['/v1/shops/7', 'settlement'],
    ['/v1/nobody/has/nothing', 'purchase'],
  ])('%s is answered by %s', async (path, service) => {
    expect((await get(`/api${path}`)).headers.get('x-service')).toBe(service)
  })

  test('a request arrives as it was sent, without /api, and says whom it is from', async () => {
    const answer = await get('/api/v1/redemptions?a=%E3%81%82&b', {
      method: 'POST',
      body: '{"code":"x"}',
      headers: {
        'content-type': 'application/json',
        cookie: '__Host-shop=t',
        origin: 'http://localhost:8081',
        'idempotency-key': 'k',
        authorization: 'Bearer t',
      },
    })
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(services.heard.at(-1)).toMatchObject({
      method: 'POST',
      url: '/v1/redemptions?a=%E3%81%82&b',
      body: '{"code":"x"}',
      headers: {
        cookie: '__Host-shop=t',
        origin: 'http://localhost:8081',
        'idempotency-key': 'k',
        authorization: 'Bearer t',
        'x-forwarded-for': '127.0.0.1',
      },
    })
  })

  test('what has no body gets none', async () => {
    await raw('/api/v1/campaigns', 'POST')
    expect(services.heard.at(-1)?.headers).toMatchObject({ 'content-length': '0' })
    expect(services.heard.at(-1)?.headers).not.toHaveProperty('transfer-encoding')
  })

  test("a path that nobody has gets the service's own answer", async () => {
    expect((await get('/api/v1/nothing')).status).toBe(404)
    expect(services.heard.at(-1)?.url).toBe('/v1/nothing')
  })

  test.each([
    '/api',
    '/api/',
    '/api/metrics',
    '/api/readyz',
    '/api/openapi.json',
    '/api/../metrics',
    '/api/v1/../metrics',
    '/api/v1/..',
    '/api/v1/%2e%2e/metrics',
    '/api/v1/..%5cmetrics',
  ])('%s is not for browsers', async (path) => {
    const before = services.heard.length
    const { status, body } = await raw(path)
    expect(status).toBe(404)
    expect(JSON.parse(body)).toMatchObject({ code: 'not_found' })
    expect(services.heard).toHaveLength(before)
  })

  test('live events come through one by one, and end when the reader leaves', async () => {
    const leaving = new AbortController()
    const { body, headers } = await get('/api/v1/live', { signal: leaving.signal })
    expect(headers.get('content-type')).toBe('text/event-stream')
    const reader = body?.getReader()
    for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
      services.live[0]?.write(event)
      const { value } = (await reader?.read()) ?? {}
      expect(new TextDecoder().decode(value)).toBe(event)
    }
    leaving.abort()
    while (!services.gone.includes('/v1/live')) await wait(10)
  })

  test('a request that its sender gave up is given up at the service', async () => {
    const leaving = new AbortController()
    const asked = get('/api/v1/slow', { signal: leaving.signal }).catch(() => 'left')
    await wait(100)
    leaving.abort()
    expect(await asked).toBe('left')
    while (!services.gone.includes('/v1/slow')) await wait(10)
  })

  test('a service that breaks off may have done it: the outcome is unknown', async () => {
    const answer = await get('/api/v1/cut', { method: 'POST', body: '{}' })
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ code: 'outcome_unknown', retryable: true })
  })

  test('what is no HTTP is refused, and the door stays open', async () => {
    const socket = connect(Number(doors.ports[0]), '127.0.0.1')
    socket.end('GARBAGE\r\n\r\n')
    const answer = await text(socket)
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(answer).toContain("default-src 'none'")
    expect(answer).toContain('x-content-type-options: nosniff')
    expect((await get('/healthz')).status).toBe(200)
  })
})

describe('while a service is not there', () => {
  test('the door says so when it is not ready', async () => {
    services.ready.set('settlement', false)
    const { status } = await get('/readyz')
    services.ready.set('settlement', true)
    expect([status, (await get('/readyz')).status]).toEqual([503, 200])
  })

  test('its paths are a problem in words, the others work, and the pages are there', async () => {
    await services.stop('redemption')
    const answer = await get('/api/v1/redemptions', { method: 'POST', body: '{}' })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await answer.json()).toMatchObject({
      code: 'service_unreachable',
      status: 503,
      retryable: true,
      title: expect.stringContaining('何も行われていません'),
      titleEn: expect.stringContaining('Nothing was done'),
    })
    expect((await get('/api/v1/campaigns')).status).toBe(200)
    expect((await get('/')).status).toBe(200)
    expect(await (await get('/readyz')).json()).toMatchObject({
      status: 'not_ready',
      services: { purchase: { ok: true }, redemption: { ok: false } },
    })
  })
})
