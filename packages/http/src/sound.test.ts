import { expect, test } from 'vitest'
import { z } from 'zod'
import { createService, generalProblems, reply, route, type Route } from './index.ts'

const sound = route({
  method: 'post',
  path: '/v1/wallets/:walletId',
  access: ['clerk'],
  summary: { ja: '試験', en: 'test' },
  params: z.strictObject({ walletId: z.string() }),
  body: z.strictObject({ items: z.array(z.strictObject({ a: z.string() })) }),
  replies: { 200: z.object({}) },
  handle: async () => reply(200, {}),
})

const build = (...routes: Route<never>[]) =>
  createService({
    name: 'test',
    routes,
    problems: generalProblems,
    authenticate: async () => null,
    origins: {},
    ready: async () => ({}),
    log: { request: () => {}, fault: () => {}, event: () => {}, flush: () => {} },
  })

test('a service answers its routes and the system paths, and nothing else', () => {
  const service = build(sound, { ...sound, method: 'get', body: undefined })
  const bound = service.app.routes.map(({ method, path }) => `${method} ${path}`)
  expect(bound.toSorted((a, b) => a.localeCompare(b))).toEqual([
    'GET /healthz',
    'GET /metrics',
    'GET /openapi.json',
    'GET /readyz',
    'GET /v1/wallets/:walletId',
    'POST /v1/wallets/:walletId',
  ])
  expect(service.routes.map(({ method, access }) => [method, access])).toEqual([
    ['post', ['clerk']],
    ['get', ['clerk']],
  ])
})

test.each<[string, Partial<Route<never>>]>([
  ['a :name without its schema', { params: undefined }],
  ['a schema without its :name', { path: '/v1/wallets' }],
  ['an optional segment', { path: '/v1/wallets/:walletId?' }],
  ['a wildcard', { path: '/v1/:walletId/*' }],
  ['a pattern', { path: '/v1/:walletId{[0-9]+}' }],
  ['a body that drops unknown fields', { body: z.object({ a: z.string() }) }],
  [
    'a list whose items drop unknown fields',
    { body: z.strictObject({ a: z.array(z.object({})) }) },
  ],
  ['a query that drops unknown fields', { query: z.object({ page: z.string() }) }],
  ['a GET with a body', { method: 'get' }],
  ['a raw body with a schema', { raw: true }],
  ['a tag on what only some are told', { method: 'get', body: undefined, tagged: true }],
  ['a tag on what changes something', { access: 'anyone', anonymous: true, tagged: true }],
  ['a line of its own for many paths', { ownLine: { refused: () => {} } }],
  ['no reply', { replies: {} }],
  ['somebody named whom nobody looks up', { anonymous: true }],
  [
    'a choice of which one drops unknown fields',
    { body: z.strictObject({ a: z.union([z.strictObject({}), z.object({})]) }) },
  ],
])('%s cannot be served', (_, change) => {
  expect(() => build({ ...sound, ...change })).toThrow(/v1/)
})

test('a route that is declared twice, or lies behind another, cannot be served', () => {
  const mine = { ...sound, path: '/v1/wallets/mine', params: undefined }
  expect(() => build(sound, sound)).toThrow(/declared twice/)
  expect(() => build(sound, { ...sound, path: '/v1/wallets/:id' })).toThrow(/params/)
  expect(() => build(sound, mine)).toThrow(/hidden by/)
  expect(build(mine, sound).routes).toHaveLength(2)
})
