import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createService, generalProblems, problem, reply, route } from '../src/index.ts'
import { gate, never, post, problemOf, testService } from './_service.ts'

const silent = { request: () => {}, fault: () => {}, event: () => {}, flush: () => {} }

/** A service with one route, whose handler is given. */
const oneRoute = (
  handle: () => Promise<ReturnType<typeof reply<200, { a: number }>>>,
  options: { handlerMs?: number; method?: 'get' | 'post'; checkReplies?: boolean } = {},
) =>
  createService({
    name: 'test',
    routes: [
      route({
        method: options.method ?? 'post',
        path: '/v1/x',
        access: 'anyone',
        summary: { ja: '試験', en: 'test' },
        replies: { 200: z.object({ a: z.int() }) },
        handle,
      }),
    ],
    problems: generalProblems,
    authenticate: async () => null,
    origins: {},
    ready: async () => ({}),
    log: silent,
    limits: { handlerMs: options.handlerMs ?? 1_000 },
    checkReplies: options.checkReplies ?? false,
  }).app

test('a fault is a 500 with its request id and never its message', async () => {
  const { app } = testService()
  const headers = { 'x-request-id': 'r-500', 'x-secret': 'CANARY' }
  const response = await app.request('/v1/broken', { headers })
  const text = await response.text()
  expect(JSON.parse(text)).toEqual({
    type: 'urn:minnaken:problem:internal',
    title: generalProblems.internal.ja,
    titleEn: generalProblems.internal.en,
    status: 500,
    code: 'internal',
    requestId: 'r-500',
  })
  expect(text).not.toMatch(/CANARY|secret|canary/)
})

test.each<[string, () => never]>([
  [
    'an error',
    () => {
      throw new Error('CANARY')
    },
  ],
  [
    'text',
    () => {
      throw 'CANARY' as unknown as Error
    },
  ],
  [
    'nothing',
    () => {
      throw undefined as unknown as Error
    },
  ],
])('%s thrown at once is a 500', async (_, fail) => {
  const response = await oneRoute(fail).request('/v1/x', { method: 'POST' })
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('CANARY')
})

test('a reply that cannot be written is a 500', async () => {
  const huge = oneRoute(async () => reply(200, { a: 1n as unknown as number }))
  expect((await huge.request('/v1/x', { method: 'POST' })).status).toBe(500)
  const split = oneRoute(async () => reply(200, { a: 1 }, { headers: { 'x-a': 'b\r\nc: d' } }))
  expect((await split.request('/v1/x', { method: 'POST' })).status).toBe(500)
})

const statusOf = async (value: { a: number }, checkReplies: boolean) => {
  const app = oneRoute(async () => reply(200, value), { checkReplies })
  return (await app.request('/v1/x', { method: 'POST' })).status
}

test('a handler cannot take a security header away, but may let its reply be kept', async () => {
  const headers = { 'x-content-type-options': 'sniff', 'cache-control': 'public, max-age=60' }
  const app = oneRoute(async () => reply(200, { a: 1 }, { headers }))
  const response = await app.request('/v1/x', { method: 'POST' })
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('cache-control')).toBe('public, max-age=60')
})

test('a reply with a member too few or too many is found where replies are checked', async () => {
  const more = { a: 1, passwordHash: 'x' }
  expect(await statusOf({ a: 1 }, true)).toBe(200)
  expect(await statusOf(more, true)).toBe(500)
  expect(await statusOf({ a: 1.5 }, true)).toBe(500)
  expect(await statusOf(more, false)).toBe(200)
})

test('a fault that the service explains is told as that problem', async () => {
  const { app } = testService({ explainFault: () => problem('busy', { retryAfterSeconds: 4 }) })
  const response = await app.request('/v1/broken')
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '4'])
  expect(await problemOf(response)).toMatchObject({ code: 'busy', retryable: true })
  const { app: unsure } = testService({ explainFault: () => problem('nobody_knows') })
  expect((await unsure.request('/v1/broken')).status).toBe(500)
})

const askSlow = async (method: 'get' | 'post') => {
  const started = performance.now()
  const app = oneRoute(never, { handlerMs: 50, method })
  const response = await app.request('/v1/x', { method: method.toUpperCase() })
  expect(performance.now() - started).toBeLessThan(5_000)
  expect(response.headers.get('retry-after')).toMatch(/^[12]$/)
  return [response.status, (await problemOf(response)).code]
}

describe('a handler that takes too long', () => {
  test('leaves the outcome unknown where it may have changed something', async () => {
    expect(await askSlow('post')).toEqual([503, 'outcome_unknown'])
  })
  test('is too busy where it only reads', async () => {
    expect(await askSlow('get')).toEqual([503, 'busy'])
  })
  test('and fails later does so in the log, not as a rejection that nobody caught', async () => {
    const { app, lines } = testService({
      work: () => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 60)),
      limits: { handlerMs: 20 },
    })
    const response = await app.request('/v1/slow', { method: 'POST' })
    expect(response.status).toBe(503)
    await expect.poll(() => lines.join('')).toMatch(/handler_late[\s\S]*"msg":"fault"/)
  })
})

test('one request more than may be at work is told to come back, at once', async () => {
  const { work, open } = gate()
  const { app } = testService({ work, limits: { inFlightMax: 3 } })
  const slow = async () => app.request('/v1/slow', { method: 'POST' })
  const first = [slow(), slow(), slow()]
  const refused = await slow()
  expect([refused.status, (await problemOf(refused)).code]).toEqual([503, 'busy'])
  expect((await app.request('/healthz')).status).toBe(200)
  open()
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200, 200])
  expect((await slow()).status).toBe(200)
})

describe('/readyz', () => {
  test.each([
    [
      'every check holds',
      async () => ({ database: { ok: true }, clock: { ok: true } }),
      200,
      'ready',
    ],
    [
      'one does not',
      async () => ({ database: { ok: true }, clock: { ok: false, note: 'skew' } }),
      503,
      'not_ready',
    ],
    ['the checks fail', async () => Promise.reject(new Error('CANARY')), 503, 'not_ready'],
    ['the checks do not answer', never, 503, 'not_ready'],
  ])('%s', async (_, ready, status, told) => {
    const { app } = testService({ ready })
    const response = await app.request('/readyz')
    const text = await response.text()
    expect([response.status, JSON.parse(text)]).toMatchObject([status, { status: told }])
    expect(text).not.toContain('CANARY')
    expect((await app.request('/healthz')).status).toBe(200)
  })

  test('names each check', async () => {
    const { app } = testService({ ready: async () => ({ clock: { ok: true, moved: true } }) })
    const told: unknown = await (await app.request('/readyz')).json()
    expect(told).toEqual({ status: 'ready', checks: { clock: { ok: true, moved: true } } })
  })
})

test('data of a refusal lies beside the standard members and replaces none', async () => {
  const { app } = testService()
  const response = await app.request('/v1/payments', post('{"amountYen":999}'))
  expect(response.status).toBe(409)
  expect(await problemOf(response)).toMatchObject({
    code: 'code_expired',
    status: 409,
    expiredAt: 5,
    titleEn: 'The code has expired.',
  })
})
