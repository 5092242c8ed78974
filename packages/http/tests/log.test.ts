import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createLog } from '../src/index.ts'
import { post, testService } from './_service.ts'

const canary = 'CANARY7f3a'

test('nothing that a request carries, and no message of an error, reaches the log', async () => {
  const { app, lines } = testService()
  const secret = { 'x-secret': canary, 'user-agent': canary, referer: `https://x/${canary}` }
  const cookies = ['resident', 'shop', 'staff'].map((name) => `__Host-${name}=${canary}`).join('; ')
  const bearer = { authorization: `Bearer ${canary}` }
  const asked: [string, RequestInit][] = [
    ['/v1/payments', post(`{"amountYen":1,"memo":"${canary}"}`, secret)],
    ['/v1/payments', post(`{"amountYen":1,"${canary}":1}`, secret)],
    ['/v1/payments', post(`{"amountYen":1,"memo":"${canary}",}`, secret)],
    ['/v1/payments', post(canary.repeat(10_000), secret)],
    ['/v1/payments', post('{}', { 'content-type': canary })],
    [`/v1/payments?${canary}=${canary}`, post('{"amountYen":1}', secret)],
    ['/v1/broken', { headers: { ...secret, cookie: cookies } }],
    [`/v1/tills/${canary.toLowerCase()}`, { headers: { ...secret, ...bearer } }],
    [`/v1/tills/${canary}`, { headers: { authorization: 'Bearer till-1' } }],
    ['/v1/tills/x', { headers: { authorization: `Bearer break${canary}` } }],
    ['/v1/tills/x', { headers: { cookie: cookies } }],
    ['/v1/tills/x', { headers: { origin: `https://${canary}.example` } }],
    [`/${canary}`, { headers: secret }],
    [`/v1/${canary}/x?${canary}`, { method: canary }],
    ['/v1/closings', { method: 'POST', headers: { 'idempotency-key': canary, ...bearer } }],
    ['/v1/webhooks/sandbox', post(canary, { 'x-signature': canary })],
    ['/healthz', { headers: { 'x-request-id': `${canary} <` } }],
  ]
  const statuses = new Set<number>()
  for (const [path, init] of asked) statuses.add((await app.request(path, init)).status)
  expect([...statuses].toSorted((a, b) => a - b)).toEqual([
    200, 201, 400, 401, 403, 404, 413, 415, 500,
  ])
  expect(lines.length).toBeGreaterThanOrEqual(asked.length)
  expect(lines.join('').toLowerCase()).not.toContain(canary.toLowerCase())
})

test('a line names the pattern of the route, never its path', async () => {
  const { app, lines } = testService()
  const headers = { authorization: 'Bearer till-1', 'x-request-id': 'r-1' }
  await app.request('/v1/tills/till-1?page=2', { headers })
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      service: 'test',
      requestId: 'r-1',
      method: 'GET',
      route: '/v1/tills/:tillId',
      status: 200,
      ms: expect.any(Number),
      msg: 'request',
    },
  ])
})

test('a refusal is logged by its code, a fault by where it was thrown and by its cause', async () => {
  const { app, lines } = testService()
  await app.request('/v1/payments', post('{"amountYen":999}'))
  await app.request('/v1/broken')
  const [refused, fault, broken] = lines.map((line) => JSON.parse(line) as unknown)
  expect(refused).toMatchObject({ level: 'info', status: 409, code: 'code_expired' })
  expect(fault).toMatchObject({
    level: 'error',
    msg: 'fault',
    route: '/v1/broken',
    error: {
      name: 'Error',
      at: expect.arrayContaining([expect.stringMatching(/^at .*_service\.ts:\d+:\d+\)$/)]),
      cause: { name: 'TypeError' },
    },
  })
  expect(broken).toMatchObject({ level: 'error', status: 500, code: 'internal' })
})

test('healthy probes leave no line', async () => {
  const { app, lines } = testService()
  for (const path of ['/healthz', '/readyz', '/openapi.json']) await app.request(path)
  expect(lines).toEqual([])
})

const logged = (error: unknown): string => {
  const lines: string[] = []
  createLog({ service: 'test', write: (line) => lines.push(line) }).fault(error, {
    while: 'testing',
  })
  return lines.join('')
}

class DatabaseError extends Error {
  readonly code = '23505'
  readonly detail = `Key (email)=(${canary}) already exists.`
}

test('an error of the database is told by its code, without the row that it quotes', () => {
  const line = logged(new DatabaseError(`duplicate key ${canary}`))
  expect(JSON.parse(line)).toMatchObject({ error: { name: 'DatabaseError', code: '23505' } })
  expect(line).not.toContain(canary)
})

test.each<[string, () => unknown]>([
  ['a message that looks like a stack', () => new Error(`x\n    at ${canary} (file:///x.ts:1:1)`)],
  [
    'a message that was changed later',
    () => {
      const error = new Error(`\n    at ${canary} (x.ts:1:1)`)
      return error.stack === undefined ? error : Object.assign(error, { message: 'harmless' })
    },
  ],
  ['a name that is data', () => Object.assign(new Error('x'), { name: canary })],
  ['a code that is data', () => Object.assign(new Error('x'), { code: `${canary} ` })],
  ['text that was thrown', () => canary],
  ['an object that was thrown', () => ({ message: canary, stack: canary })],
  ['errors among errors', () => new AggregateError([new Error(canary)], canary)],
  ['a cause', () => new Error('x', { cause: new Error(canary, { cause: canary }) })],
  [
    'a cause that is its own',
    () => {
      const error = new Error(canary)
      error.cause = error
      return error
    },
  ],
])('%s is logged without it', (_, make) => {
  const line = logged(make())
  expect(JSON.parse(line)).toMatchObject({ level: 'error', msg: 'fault', while: 'testing' })
  expect(line).not.toContain(canary)
})

test('a process whose log nobody reads any more ends all the same', async () => {
  const path = fileURLToPath(new URL('../src/log.ts', import.meta.url))
  const script = `
    const { createLog } = await import(${JSON.stringify(path)})
    const log = createLog({ service: 'lonely' })
    process.stdin.once('data', () => {
      log.event('unread')
      log.flush()
      process.exit(7)
    })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.stdout.destroy()
  child.stdin.write('go')
  expect(await once(child, 'exit')).toEqual([7, null])
})
