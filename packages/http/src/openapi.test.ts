import { expect, test } from 'vitest'
import { z } from 'zod'
import { bytes, generalProblems, openapiOf, reply, route, type Route } from './index.ts'

type Tree = z.infer<typeof tree>
const tree: z.ZodType<{ name: string; children: { name: string }[] }> = z
  .object({ name: z.string(), children: z.array(z.lazy(() => tree)) })
  .meta({ id: 'Tree' })

const summary = { ja: '財布', en: 'wallet' }
const routes: Route[] = [
  route({
    method: 'get',
    path: '/v1/wallets/:walletId/lots/:lotId',
    access: ['resident', 'clerk'],
    summary,
    params: z.strictObject({ walletId: z.string(), lotId: z.uuid() }),
    query: z.strictObject({ page: z.string().optional(), kind: z.enum(['common', 'limited']) }),
    replies: { 200: tree },
    handle: async () => reply(200, { name: '', children: [] as Tree[] }),
  }),
  route({
    method: 'post',
    path: '/v1/wallets',
    access: 'anyone',
    summary,
    idempotent: true,
    body: z.strictObject({ units: z.int().min(1) }),
    replies: { 201: z.object({ id: z.string() }), 204: z.undefined() },
    problems: ['idempotency_in_flight'],
    handle: async () => reply(204, undefined),
  }),
  route({
    method: 'get',
    path: '/v1/wallets.csv',
    access: ['shop_staff'],
    summary,
    replies: { 200: bytes('text/csv') },
    handle: async () => {
      throw new Error('never called')
    },
  }),
]
const openapi = openapiOf({ name: 'test', routes, problems: generalProblems })

const operation = z.looseObject({
  operationId: z.string(),
  'x-access': z.unknown(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string(), required: z.boolean() })),
  responses: z.record(z.string(), z.looseObject({ description: z.string().min(1) })),
  requestBody: z.looseObject({}).optional(),
})
const operations = Object.entries(openapi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({
    path,
    method,
    ...operation.parse(described),
  })),
)
const operationAt = (path: string) => {
  const found = operations.find((described) => described.path === path)
  if (found === undefined) throw new Error(`${path} is not described`)
  return found
}

test('every route is described, under a name of its own', () => {
  expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'get /v1/wallets/{walletId}/lots/{lotId}',
    'post /v1/wallets',
    'get /v1/wallets.csv',
  ])
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length)
  for (const { operationId } of operations) expect(operationId).toMatch(/^[a-z][A-Za-z0-9]+$/)
})

test('every :name of a path is a required parameter, and no other is', () => {
  for (const { path, parameters } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const inPath = parameters.filter((parameter) => parameter.in === 'path')
    expect(inPath.map(({ name }) => name)).toEqual(named)
    expect(inPath.every(({ required }) => required)).toBe(true)
  }
  expect(operationAt('/v1/wallets/{walletId}/lots/{lotId}').parameters).toMatchObject([
    {},
    { name: 'lotId', schema: { format: 'uuid' } },
    { name: 'page', in: 'query', required: false },
    { name: 'kind', in: 'query', required: true, schema: { enum: ['common', 'limited'] } },
  ])
})

test('every reference leads somewhere, and no draft of JSON Schema is named', () => {
  const text = JSON.stringify(openapi)
  const references = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference]) => reference)
  expect(new Set(references)).toEqual(
    new Set(['#/components/schemas/Problem', '#/components/schemas/Tree']),
  )
  for (const reference of references) {
    let found: unknown = openapi
    for (const key of String(reference).split('/').slice(1)) found = Reflect.get(Object(found), key)
    expect(found).toMatchObject({ type: 'object' })
  }
  expect(text).not.toMatch(/"\$(?:schema|defs)"/)
})

test('who may call is told as security schemes that exist', () => {
  const { securitySchemes } = openapi.components
  for (const { security } of operations)
    for (const scheme of security.flatMap((entry) => Object.keys(entry)))
      expect(securitySchemes).toHaveProperty(scheme)
  expect(operationAt('/v1/wallets.csv').security).toEqual([{ shop: [] }, { bearer: [] }])
  expect(operationAt('/v1/wallets').security).toEqual([])
  expect(operationAt('/v1/wallets')['x-access']).toBe('anyone')
})

test('replies, files and problems are described by status', () => {
  const posted = operationAt('/v1/wallets')
  expect(Object.keys(posted.responses)).toEqual([
    '201',
    '204',
    '400',
    '403',
    '409',
    '413',
    '415',
    '500',
    '503',
  ])
  expect(posted.requestBody).toMatchObject({
    required: true,
    content: { 'application/json': { schema: { additionalProperties: false } } },
  })
  expect(operationAt('/v1/wallets.csv').responses['200']).toMatchObject({
    content: { 'text/csv': {} },
  })
  const { '401': denied } = operationAt('/v1/wallets.csv').responses
  expect(denied).toMatchObject({
    content: {
      'application/problem+json': {
        schema: { allOf: [{}, { properties: { code: { enum: ['sign_in_needed'] } } }] },
      },
    },
  })
})

test('every problem is listed with its status and its words', () => {
  expect(openapi['x-problems']).toMatchObject({ busy: { status: 503 }, forbidden: { status: 403 } })
  expect(Object.keys(openapi['x-problems'])).toEqual(Object.keys(generalProblems))
})
