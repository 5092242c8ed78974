import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { serve, type Running } from '../src/index.ts'
import { post, problemOf, problemSchema, testService } from './_service.ts'
import { tell } from './_wire.ts'

const { service, seen, lines } = testService()
let running: Running
const at = (path: string) => `${running.url}${path}`

beforeAll(async () => {
  running = await serve(service, { port: 0, noticeMs: 0 })
})
beforeEach(() => {
  seen.length = 0
})
afterAll(() => running.drain())

const toldOf = async (body: Parameters<typeof post>[0], headers: Record<string, string> = {}) => {
  const response = await fetch(at('/v1/payments'), post(body, headers))
  return [response.status, (await problemOf(response)).code]
}

/** A body of `size` bytes. */
const long = (size: number) => `{"amountYen":1,"memo":"${'x'.repeat(size - 25)}"}`

const hook = (body: string) =>
  fetch(at('/v1/webhooks/sandbox'), post(body, { 'content-type': 'text/plain' }))

describe('a body', () => {
  test.each<[string, string | Uint8Array<ArrayBuffer>, number, string]>([
    ['that is no JSON', '{', 400, 'malformed_json'],
    ['that is two values', '{"amountYen":1}{}', 400, 'malformed_json'],
    ['with a comment', '{"amountYen":1/**/}', 400, 'malformed_json'],
    ['with a comma too many', '{"amountYen":1,}', 400, 'malformed_json'],
    ['with NUL in its text', '{"amountYen":1,"memo":"\0"}', 400, 'malformed_json'],
    ['with NUL escaped', '{"amountYen":1,"memo":"\\u0000"}', 400, 'invalid_field'],
    ['with half a character', '{"amountYen":1,"memo":"\\ud800"}', 400, 'invalid_field'],
    ['that is not UTF-8', Uint8Array.of(0x22, 0x82, 0xa0, 0x22), 400, 'malformed_json'],
    ['that is empty', '', 400, 'body_needed'],
    ['that is blank', ' \n', 400, 'malformed_json'],
    ['that is null', 'null', 400, 'invalid_field'],
    ['that is a list', '[{"amountYen":1}]', 400, 'invalid_field'],
    ['with a key twice', '{"amountYen":1,"amountYen":1}', 400, 'duplicate_key'],
    [
      'with a key twice below',
      '{"amountYen":1,"shop":{"kind":"a","kind":"b"}}',
      400,
      'duplicate_key',
    ],
    ['with an exponent', '{"amountYen":1e2}', 400, 'invalid_field'],
    ['with minus zero', '{"amountYen":-0}', 400, 'invalid_field'],
    ['with a fraction of nothing', '{"amountYen":1.0}', 400, 'invalid_field'],
    ['with yen in quotes', '{"amountYen":"100"}', 400, 'invalid_field'],
    ['with 2^53 + 1 yen', '{"amountYen":9007199254740993}', 400, 'invalid_field'],
    ['with a leading zero', '{"amountYen":00}', 400, 'malformed_json'],
    ['with no yen', '{"amountYen":0}', 400, 'invalid_field'],
    ['with more yen than allowed', '{"amountYen":50001}', 400, 'invalid_field'],
    ['with an unknown field', '{"amountYen":1,"role":"clerk"}', 400, 'unknown_field'],
    [
      'with an unknown field below',
      '{"amountYen":1,"shop":{"kind":"small","x":1}}',
      400,
      'unknown_field',
    ],
    ['with a prototype', '{"amountYen":1,"__proto__":{"units":5}}', 400, 'unknown_field'],
    ['with 60,000 levels', '['.repeat(60_000), 400, 'malformed_json'],
    ['with 30,000 closed levels', '['.repeat(30_000) + ']'.repeat(30_000), 400, 'invalid_field'],
    ['one byte too long', long(64 * 1024 + 1), 413, 'body_too_large'],
    ['of 5 MB', long(5_000_000), 413, 'body_too_large'],
    ['nested 100,000 deep', '['.repeat(100_000), 413, 'body_too_large'],
  ])('%s is refused before the handler runs', async (_, body, status, code) => {
    expect(await toldOf(body)).toEqual([status, code])
    expect(seen).toEqual([])
  })

  test('of exactly 64 KiB is read', async () => {
    const body = long(64 * 1024)
    expect(Buffer.byteLength(body)).toBe(64 * 1024)
    expect(await toldOf(body)).toEqual([400, 'invalid_field'])
  })

  test('without a length is counted as it arrives, and refused when it grows too large', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 10_000
        controller.enqueue(new Uint8Array(10_000).fill(0x20))
        if (sent >= 50_000_000) controller.close()
      },
    })
    expect(await toldOf(endless)).toEqual([413, 'body_too_large'])
    expect(sent).toBeLessThan(10_000_000)
    expect(seen).toEqual([])
  })

  test('whose length says that it is too large is refused before it is sent', async () => {
    const told = await tell(running.port, [
      'POST /v1/payments HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n\r\n',
    ])
    expect([told.status, told.headers.get('connection')]).toEqual([413, 'close'])
  })

  test('that is longer than it says is refused', async () => {
    for (const length of ['2', 'two', '-2']) {
      const init = post(long(70_000), { 'content-length': length })
      const response = await service.app.request('/v1/payments', init)
      expect(response.status).toBe(413)
    }
    expect(seen).toEqual([])
  })

  test('without a length that is small enough is read', async () => {
    const chunks = new Blob(['{"amount', 'Yen":5}']).stream()
    const response = await fetch(at('/v1/payments'), post(chunks))
    expect([response.status, await response.json()]).toEqual([201, { amountYen: 5 }])
  })

  test.each([
    ['no content type', ''],
    ['a form', 'application/x-www-form-urlencoded'],
    ['a form with files', 'multipart/form-data; boundary=x'],
    ['plain text', 'text/plain'],
    ['text that is JSON', 'text/plain; charset=utf-8; application/json'],
    ['another charset', 'application/json; charset=shift_jis'],
    ['a prefix', 'application/jsonx'],
    ['two types', 'application/json, text/plain'],
    ['other JSON', 'application/merge-patch+json'],
  ])('of %s is refused', async (_, contentType) => {
    expect(
      await toldOf(new TextEncoder().encode('{"amountYen":1}'), { 'content-type': contentType }),
    ).toEqual([415, 'unsupported_media_type'])
    expect(seen).toEqual([])
  })

  test.each([
    'application/json',
    'Application/JSON; charset=UTF-8',
    'application/json;charset="utf-8"',
  ])('of %s is read', async (contentType) => {
    const response = await fetch(
      at('/v1/payments'),
      post('{"amountYen":1}', { 'content-type': contentType }),
    )
    expect(response.status).toBe(201)
  })

  test.each(['gzip', 'br', 'deflate', 'identity, gzip'])(
    'packed with %s is refused',
    async (packing) => {
      expect(await toldOf('{"amountYen":1}', { 'content-encoding': packing })).toEqual([
        415,
        'unsupported_media_type',
      ])
    },
  )

  test('is refused where none is taken', async () => {
    const headers = { origin: 'https://office.example', cookie: '__Host-staff=clerk-c' }
    const closing = (body: string) =>
      fetch(at('/v1/closings'), post(body, { ...headers, 'idempotency-key': 'k' }))
    expect((await problemOf(await closing('{}'))).code).toBe('body_not_expected')
    expect((await closing('')).status).toBe(200)
    const told = await tell(running.port, [
      'GET /v1/statement.csv HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}',
    ])
    expect(problemSchema.parse(JSON.parse(told.body)).code).toBe('body_not_expected')
  })

  test('that is raw is handed over as it is, up to its own limit', async () => {
    expect(await (await hook('{"a":1,"a":1e5}')).json()).toEqual({ length: 15 })
    expect(await (await hook('')).json()).toEqual({ length: 0 })
    expect((await problemOf(await hook('x'.repeat(101)))).code).toBe('body_too_large')
  })

  test('that breaks off is no fault of ours', async () => {
    lines.length = 0
    await tell(
      running.port,
      [
        'POST /v1/payments HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
      ],
      100,
    )
    await expect.poll(() => lines.join('')).toMatch(/"status":400.*malformed_request/)
    expect(lines.join('')).not.toContain('fault')
    expect(seen).toEqual([])
  })
})

test('the fault names its field and rule, in Japanese and English', async () => {
  const body = '{"amountYen":0,"memo":5,"shop":{"kind":"huge"},"lots":[{"id":"x"}],"role":"clerk"}'
  const problem = await problemOf(await fetch(at('/v1/payments'), post(body)))
  expect(problem.code).toBe('invalid_field')
  expect(problem.faults?.map(({ field, rule }) => `${field} ${rule}`)).toEqual([
    'amountYen min',
    'memo type',
    'shop.kind one_of',
    'lots.0.id format',
    'role unknown_field',
  ])
  for (const { ja, en } of problem.faults ?? []) {
    expect(ja).toMatch(/[ぁ-ん]/)
    expect(en).toMatch(/^[\x20-\x7e]+$/)
  }
})

describe('a query', () => {
  const asTill = { headers: { authorization: 'Bearer till-1' } }
  test.each([
    ['?page=1', 200, undefined],
    ['', 200, undefined],
    ['?', 200, undefined],
    ['?page=1&page=1', 400, 'duplicate_key'],
    ['?page=100', 400, 'invalid_field'],
    ['?page=1e1', 400, 'invalid_field'],
    ['?page=-0', 400, 'invalid_field'],
    ['?page=%00', 400, 'invalid_field'],
    ['?page=%ff', 400, 'invalid_field'],
    ['?page=%', 400, 'invalid_field'],
    ['?Page=1', 400, 'unknown_field'],
    ['?page[]=1', 400, 'unknown_field'],
    ['?__proto__=1', 400, 'unknown_field'],
    ['?constructor=1', 400, 'unknown_field'],
  ])('%s is answered with %s %s', async (query, status, code) => {
    const response = await fetch(at(`/v1/tills/till-1${query}`), asTill)
    const { code: told } = (await response.json()) as { code?: string }
    expect([response.status, told]).toEqual([status, code])
  })

  test('is refused where none is taken', async () => {
    const response = await fetch(at('/v1/statement.csv?x=1'))
    expect((await problemOf(response)).code).toBe('unknown_field')
  })
})

describe('an Idempotency-Key', () => {
  const headers = { origin: 'https://office.example', cookie: '__Host-staff=clerk-c' }
  const closing = (key: Record<string, string>) =>
    fetch(at('/v1/closings'), { method: 'POST', headers: { ...headers, ...key } })

  test.each<[string, Record<string, string>]>([
    ['is missing', {}],
    ['is empty', { 'idempotency-key': '' }],
    ['has a space', { 'idempotency-key': 'a b' }],
    ['has 256 characters', { 'idempotency-key': 'x'.repeat(256) }],
  ])('that %s is refused', async (_, key) => {
    expect((await problemOf(await closing(key))).code).toBe('idempotency_key_needed')
  })

  test('is handed over whatever the case of its header', async () => {
    const told = await closing({ 'IDEMPOTENCY-KEY': ' k-1 ' })
    expect(await told.json()).toEqual({ by: 'c', key: 'k-1' })
  })
})
