import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { testService } from './_service.ts'

const { app, lines } = testService()

const pick = fc.constantFrom
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  pick('null', '1e400', '-0', '__proto__', '%00', '%2f', '../', '100', '\uD800', '[]', '{}'),
)
const key = fc.oneof(pick('amountYen', 'units', 'memo', 'shop', 'lots', 'kind', 'id'), odd)
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    odd.map((text) => JSON.stringify(text)),
    pick('1', '0', '999', '-1', '1e2', '1.5', '9007199254740993', 'null', 'true', 'undefined'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(key, tie('value')), { maxLength: 4 })
      .map((pairs) => `{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${String(v)}`).join(',')}}`),
  ),
})).value

const headerValue = fc.oneof(fc.string({ maxLength: 40 }), pick('null', 'https://ken.example'))
const oddHeaders = fc.record(
  {
    'content-type': fc.oneof({ weight: 4, arbitrary: pick('application/json') }, headerValue),
    'content-length': fc.oneof(pick('0', '1', '-1', '99999', 'x'), headerValue),
    'x-request-id': headerValue,
    'idempotency-key': headerValue,
    origin: headerValue,
    authorization: fc.oneof(pick('Bearer clerk-c', 'Bearer till-1', 'Bearer x'), headerValue),
    cookie: fc.oneof(pick('__Host-staff=clerk-c', '__Host-shop=', '__Host-shop=%'), headerValue),
  },
  { requiredKeys: ['content-type'] },
)
const plainHeaders = { 'content-type': 'application/json' }
const headers = fc.oneof(pick(plainHeaders), oddHeaders)
const body = fc.oneof(
  { weight: 1, arbitrary: pick('{"amountYen":5}') },
  { weight: 2, arbitrary: value },
)
const paths = [
  '/v1/payments',
  '/v1/payments',
  '/v1/closings',
  '/v1/webhooks/sandbox',
  '/v1/tills/x',
  '/v1/',
]
const oddEnd = fc.oneof({ weight: 3, arbitrary: pick('') }, odd)
const path = fc
  .tuple(pick(...paths), oddEnd, oddEnd)
  .map(
    ([base, more, query]) =>
      base + encodeURI(more.toWellFormed()) + (query && `?${encodeURI(query.toWellFormed())}`),
  )

test('2,000 requests of all kinds are answered, none of them with a fault of ours', async () => {
  const statuses = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(
      path,
      headers,
      body,
      pick('POST', 'GET', 'PUT'),
      async (at, head, sent, method) => {
        const init = method === 'GET' ? { method } : { method, body: sent }
        const response = await app.request(at, { ...init, headers: head })
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
        expect(response.status).toBeLessThan(500)
        expect(response.headers.get('x-content-type-options')).toBe('nosniff')
        await response.text()
      },
    ),
    { numRuns: 2_000 },
  )
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([201, 400, 401, 403, 404, 405]))
  expect(lines.join('')).not.toContain('"level":"error"')
})
