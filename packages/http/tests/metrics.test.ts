import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMetrics, measurePool, problem, serve, type Running } from '../src/index.ts'
import { readScrape, type Scrape, sumOf } from './_scrape.ts'
import { gate, never, post, problemOf, testService } from './_service.ts'
import { tell } from './_wire.ts'

const open: Running[] = []
afterAll(() => Promise.all(open.map((running) => running.drain())))

async function start(
  overrides: Parameters<typeof testService>[0] = {},
  limits: { headersMs?: number; requestMs?: number } = {},
) {
  const stage = testService(overrides)
  const running = await serve(stage.service, { port: 0, noticeMs: 0, drainMs: 100, ...limits })
  open.push(running)
  const ask = async (path: string, init?: RequestInit) => fetch(`${running.url}${path}`, init)
  const scrape = async () => readScrape(await (await ask('/metrics')).text())
  return { ...stage, running, ask, scrape }
}

const seconds = 'minnaken_http_request_seconds'
const problems = 'minnaken_http_problems_total'

/** How much a sample grew from one scrape to the next. */
const growth = (
  [before, after]: readonly [Scrape, Scrape],
  ...of: [name: string, labels?: Record<string, string | number>]
) => sumOf(after, ...of) - sumOf(before, ...of)

describe('a scrape', () => {
  test('is Prometheus text, and its histograms add up', async () => {
    const { ask, scrape, service } = await start()
    for (const amountYen of [1, 2, 999])
      await ask('/v1/payments', post(`{"amountYen":${amountYen}}`))
    const response = await ask('/metrics')
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ])
    const read = await scrape()
    const of = { method: 'POST', route: '/v1/payments', status: 201, service: 'test' }
    const bounds = [...read.keys()]
      .filter((key) => key.startsWith(`${seconds}_bucket{`) && key.includes('status="201"'))
      .map((key) => /le="([^"]+)"/.exec(key)?.[1] ?? '')
    service.metrics.answered({ method: 'GET', route: '/v1/exact', status: 200, ms: 40 })
    expect(sumOf(await scrape(), `${seconds}_sum`, { route: '/v1/exact' })).toBe(0.04)
    const counts = bounds.map((le) => sumOf(read, `${seconds}_bucket`, { ...of, le }))
    expect([bounds[0], bounds.at(-2), bounds.at(-1)]).toEqual(['0.001', '2.5', '+Inf'])
    expect(counts.every((count, n) => count >= (counts[n - 1] ?? 0))).toBe(true)
    expect([counts.at(-1), sumOf(read, `${seconds}_count`, of)]).toEqual([2, 2])
    expect(sumOf(read, `${seconds}_sum`, of)).toBeGreaterThan(0)
  })

  test.each<[string, string, RequestInit, Record<string, string | number>, string | undefined]>([
    ['/v1/payments', 'taken', post('{"amountYen":1}'), { method: 'POST', status: 201 }, undefined],
    [
      '/v1/payments',
      'refused by a rule',
      post('{"amountYen":999}'),
      { method: 'POST', status: 409 },
      'code_expired',
    ],
    ['/v1/payments', 'unreadable', post('{'), { method: 'POST', status: 400 }, 'malformed_json'],
    ['/v1/tills/:tillId', 'nobody', {}, { method: 'GET', status: 401 }, 'sign_in_needed'],
    [
      '/v1/tills/:tillId',
      'the wrong person',
      { headers: { authorization: 'Bearer clerk-c' } },
      { method: 'GET', status: 403 },
      'forbidden',
    ],
    ['/v1/broken', 'a fault', {}, { method: 'GET', status: 500 }, 'internal'],
    ['/v1/broken', 'by HEAD', { method: 'HEAD' }, { method: 'HEAD', status: 500 }, 'internal'],
    ['(none)', 'a path that is none', {}, { method: 'GET', status: 404 }, 'not_found'],
    [
      '(none)',
      'a method that is none',
      { method: 'PURGE' },
      { method: 'other', status: 404 },
      'not_found',
    ],
    ['/healthz', 'a probe', {}, { method: 'GET', status: 200 }, undefined],
  ])('counts at %s what is answered: %s', async (route, _, init, labels, code) => {
    const { ask, scrape } = await start()
    const path = route === '(none)' ? '/v1/nowhere' : route.replace(':tillId', 'till-1')
    const before = await scrape()
    await (await ask(path, init)).arrayBuffer()
    const both = [before, await scrape()] as const
    const counted = code === undefined ? 0 : 1
    const named = { method: String(labels['method']), route, ...(code && { code }) }
    expect([growth(both, problems), growth(both, problems, named)]).toEqual([counted, counted])
  })

  test('counts the busy and the unknown, which are zero before and not missing', async () => {
    const { work, begun, open: letGo } = gate()
    const crowd = await start({ work, limits: { inFlightMax: 1 } })
    const slow = { route: '/v1/slow', method: 'POST' }
    const before = await crowd.scrape()
    for (const code of ['busy', 'outcome_unknown', 'internal'])
      expect([...before.keys()].filter((key) => key.includes(`code="${code}"`))).toContain(
        `${problems}{code="${code}",method="POST",route="/v1/slow",service="test"}`,
      )
    const first = crowd.ask('/v1/slow', { method: 'POST' })
    await begun
    expect(sumOf(await crowd.scrape(), 'minnaken_http_in_flight')).toBe(1)
    expect((await crowd.ask('/v1/slow', { method: 'POST' })).status).toBe(503)
    letGo()
    await first
    const after = await crowd.scrape()
    expect(growth([before, after], problems, { ...slow, code: 'busy' })).toBe(1)
    expect(sumOf(after, 'minnaken_http_in_flight')).toBe(0)

    const silent = await start({ work: never, limits: { handlerMs: 20 } })
    await silent.ask('/v1/slow', { method: 'POST' })
    const read = await silent.scrape()
    expect(sumOf(read, problems, { ...slow, code: 'outcome_unknown' })).toBe(1)

    const locked = await start({
      work: async () => {
        throw new Error('the database is busy')
      },
      explainFault: () => problem('busy'),
    })
    await locked.ask('/v1/slow', { method: 'POST' })
    expect(sumOf(await locked.scrape(), problems, { ...slow, code: 'busy' })).toBe(1)
  })

  test('counts what never became a request', async () => {
    const { running, scrape } = await start({}, { headersMs: 300, requestMs: 300 })
    await tell(running.port, ['NONSENSE\r\n\r\n'])
    await tell(running.port, [`GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(32_768)}\r\n\r\n`])
    await tell(running.port, ['POST /v1/payments HTTP/1.1\r\nHost: a\r\n'], 10_000)
    const read = await scrape()
    for (const code of ['malformed_request', 'headers_too_large', 'request_timeout'])
      expect([code, sumOf(read, 'minnaken_http_unreadable_total', { code })]).toEqual([code, 1])
  })

  test('holds nothing that a request carried', async () => {
    const { ask, running, scrape } = await start()
    const canary = 'CANARY7f3a'
    const id = '018f3c4e-7b2a-7c10-9d3e-5a6b7c8d9e0f'
    const headers = {
      authorization: `Bearer ${canary}`,
      'x-request-id': canary,
      'user-agent': canary,
    }
    await ask(`/v1/tills/${id}?page=${canary}`, { headers: { authorization: 'Bearer till-1' } })
    await ask(`/v1/tills/${id}`, { headers })
    await ask(`/v1/tills/till-1`, { headers: { authorization: 'Bearer till-1' } })
    await ask(`/${canary}/${id}`, { headers })
    await ask('/v1/payments', post(`{"amountYen":1,"${canary}":1}`, headers))
    await ask('/v1/payments', post(`{"amountYen":1,"memo":"${canary}"}`, headers))
    await ask('/v1/closings', {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': canary },
    })
    await ask('/v1/broken', { headers: { 'x-secret': canary } })
    await tell(running.port, [`${canary} /${canary} HTTP/1.1\r\nHost: ${canary}\r\n\r\n`])
    const text = await (await ask('/metrics')).text()
    expect(text.toLowerCase()).not.toContain(canary.toLowerCase())
    expect(text).not.toContain(id)
    expect(text).not.toContain('till-1')
    const routes = [...(await scrape()).keys()].map((key) => /route="([^"]*)"/.exec(key)?.[1])
    const { service } = testService()
    const patterns = [...service.routes.map(({ path }) => path), '/metrics', '(none)', undefined]
    expect(routes.filter((route) => !patterns.includes(route))).toEqual([])
  })

  test('of a process tells its CPU, its memory and how late its event loop is', async () => {
    const metrics = createMetrics({ service: 'test', isOfProcess: true })
    const { scrape } = await start({ metrics })
    await scrape()
    await sleep(50)
    const until = performance.now() + 120
    while (performance.now() < until);
    await sleep(50)
    const busy = await scrape()
    expect(sumOf(busy, 'process_cpu_seconds_total')).toBeGreaterThan(0)
    expect(sumOf(busy, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000)
    const lag = 'minnaken_event_loop_lag_seconds'
    expect(sumOf(busy, lag, { quantile: '1' })).toBeGreaterThan(0.09)
    expect(sumOf(busy, lag, { quantile: '0.99' })).toBeGreaterThanOrEqual(
      sumOf(busy, lag, { quantile: '0.5' }),
    )
    // Each scrape tells of the time since the last one.
    await expect
      .poll(async () => sumOf(await scrape(), lag, { quantile: '1' }), {
        interval: 50,
        timeout: 20_000,
      })
      .toBeLessThan(0.09)
  })

  test('of a pool tells what its connections do, and how long callers waited', async () => {
    const metrics = createMetrics({ service: 'test' })
    const pool = { totalCount: 3, idleCount: 1, waitingCount: 0 }
    const waited = measurePool(metrics, pool)
    const { scrape } = await start({ metrics })
    waited({ ms: 40, isInVain: false })
    waited({ ms: 1_000, isInVain: true })
    pool.waitingCount = 7
    const read = await scrape()
    const states = ['connections', 'idle', 'waiting'].map((it) =>
      sumOf(read, `minnaken_pool_${it}`),
    )
    expect(states).toEqual([3, 1, 7])
    const wait = 'minnaken_pool_wait_seconds'
    expect(sumOf(read, `${wait}_bucket`, { outcome: 'got', le: '0.03' })).toBe(0)
    expect(sumOf(read, `${wait}_bucket`, { outcome: 'got', le: '0.05' })).toBe(1)
    expect(sumOf(read, `${wait}_sum`, { outcome: 'in_vain' })).toBe(1)
  })
})

describe('whoever may not read the metrics', () => {
  const token = 'a-token-of-this-test'
  let stage: Awaited<ReturnType<typeof start>>
  beforeAll(async () => {
    stage = await start({ metrics: createMetrics({ service: 'test', token }) })
  })

  /** An answer without what differs from any request to the next. */
  const told = async (path: string, init: RequestInit) => {
    const response = await stage.ask(path, init)
    const headers = Object.fromEntries(response.headers)
    const { date: _date, 'x-request-id': _id, ...same } = headers
    const body = init.method === 'HEAD' ? '' : await problemOf(response)
    return { status: response.status, same, body: { ...Object(body), requestId: '' } as object }
  }

  test.each<[string, RequestInit]>([
    ['through a proxy', { headers: { 'x-forwarded-for': '203.0.113.9' } }],
    ['through a proxy that says it is here', { headers: { forwarded: 'for=127.0.0.1' } }],
    ['with another token', { headers: { forwarded: 'for=x', authorization: `Bearer ${token}x` } }],
    ['by HEAD', { method: 'HEAD', headers: { 'x-forwarded-for': '127.0.0.1' } }],
    ['by POST', { method: 'POST', headers: { 'x-forwarded-for': '127.0.0.1' } }],
    ['by DELETE', { method: 'DELETE', headers: { 'x-forwarded-for': '127.0.0.1' } }],
  ])('is told what any path that is not there tells: %s', async (_, init) => {
    const answer = await told('/metrics', init)
    expect(answer.status).toBe(404)
    expect(answer).toEqual(await told('/nothing', init))
  })

  test('leaves the same line in the log', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' }
    stage.lines.length = 0
    await told('/metrics', { headers })
    await told('/nothing', { headers })
    const [one, other] = stage.lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    const varying = { requestId: '', time: '', ms: 0 }
    expect({ ...one, ...varying }).toEqual({ ...other, ...varying })
    expect(one).toMatchObject({ route: '(none)', status: 404 })
  })

  test('may with the token, from anywhere; a reader leaves no line in the log', async () => {
    stage.lines.length = 0
    const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': '203.0.113.9' }
    const response = await stage.ask('/metrics', { headers })
    expect(response.status).toBe(200)
    expect(readScrape(await response.text()).size).toBeGreaterThan(10)
    expect(stage.lines).toEqual([])
  })
})
