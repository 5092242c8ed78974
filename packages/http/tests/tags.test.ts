import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  bytes,
  createLog,
  createService,
  generalProblems,
  picture,
  reply,
  route,
} from '../src/index.ts'
import { origins } from './_service.ts'

const summary = { ja: '一覧', en: 'list' }
const replies = { 200: z.object({ shops: z.array(z.string()) }) }
const lines: string[] = []
let shops: readonly string[] = []

const { app, openapi } = createService({
  name: 'test',
  routes: [
    route({
      method: 'get',
      path: '/v1/list',
      access: 'anyone',
      anonymous: true,
      tagged: true,
      summary,
      replies,
      handle: async () => reply(200, { shops }),
    }),
    route({
      method: 'get',
      path: '/v1/pictures/1',
      access: 'anyone',
      anonymous: true,
      tagged: true,
      summary,
      replies: { 200: bytes('image/jpeg') },
      handle: async () => picture(Uint8Array.of(1, 2, 3), 'image/jpeg', 'photo-1'),
    }),
    route({
      method: 'get',
      path: '/v1/own',
      access: 'anyone',
      summary,
      replies,
      handle: async () => reply(200, { shops }),
    }),
  ],
  problems: generalProblems,
  authenticate: async () => null,
  origins,
  ready: async () => ({}),
  log: createLog({ service: 'test', write: (line) => lines.push(line) }),
})

const get = async (path: string, ifNoneMatch?: string) =>
  app.request(path, ifNoneMatch === undefined ? {} : { headers: { 'if-none-match': ifNoneMatch } })

const tag = async () => (await get('/v1/list')).headers.get('etag') ?? ''

beforeEach(() => {
  shops = ['みらい商店']
  lines.length = 0
})

describe('a list that everyone is told alike', () => {
  test('may be kept, to be asked for anew each time', async () => {
    const { status, headers } = await get('/v1/list')
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-cache')
    // Weak, because it is squeezed on its way to a phone.
    expect(headers.get('etag')).toMatch(/^W\/"[\w-]{22}"$/)
  })

  test('is not sent again to whoever has it, who hears that it is still so', async () => {
    const sent = await tag()
    for (const known of [sent, sent.slice(2), `"other", ${sent}`]) {
      const again = await get('/v1/list', known)
      expect([again.status, await again.text()]).toEqual([304, ''])
      expect(again.headers.get('etag')).toBe(sent)
      expect(again.headers.get('cache-control')).toBe('no-cache')
      expect(again.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
    expect(lines.map((line) => (JSON.parse(line) as { status: number }).status)).toEqual([
      200, 304, 304, 304,
    ])
  })

  test('is sent again once it has changed', async () => {
    const sent = await tag()
    shops = [...shops, '新しい商店']
    const again = await get('/v1/list', sent)
    expect([again.status, await again.json()]).toEqual([200, { shops }])
    expect(again.headers.get('etag')).not.toBe(sent)
  })

  test('says so in the document of the service', () => {
    expect(openapi.paths['/v1/list']?.['get']?.['responses']).toHaveProperty('304')
    expect(openapi.paths['/v1/own']?.['get']?.['responses']).not.toHaveProperty('304')
  })
})

describe('a picture whose address names its bytes', () => {
  test('is kept for ever, and shown rather than saved', async () => {
    const { status, headers } = await get('/v1/pictures/1')
    expect([status, headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
    expect(headers.get('content-disposition')).toBeNull()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test('is not sent again to whoever has it', async () => {
    const sent = (await get('/v1/pictures/1')).headers.get('etag') ?? ''
    const again = await get('/v1/pictures/1', sent)
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await get('/v1/pictures/1', 'W/"photo-2"')).status).toBe(200)
  })
})

test('any other answer is kept by nobody', async () => {
  const { status, headers } = await get('/v1/own', await tag())
  expect([status, headers.get('etag'), headers.get('cache-control')]).toEqual([
    200,
    null,
    'no-store',
  ])
})
