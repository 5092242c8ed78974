import { audienceOf, type Role } from '@minnaken/domain'
import { z } from 'zod'
import type { Problems } from './problems.ts'
import { cookieName } from './reply.ts'
import type { LiveEvents, Route } from './route.ts'

type Json = Readonly<Record<string, unknown>>

export type OpenApi = Readonly<{
  openapi: '3.1.0'
  info: Json
  paths: Readonly<Record<string, Readonly<Record<string, Json>>>>
  components: Readonly<{ schemas: Json; securitySchemes: Json }>
  'x-problems': Json
}>

/** Describes a service's routes as OpenAPI 3.1, from the very schemas that validate them. */
export function openapiOf(service: {
  name: string
  routes: readonly Route[]
  problems: Problems
}): OpenApi {
  const { name, routes, problems } = service
  const schemas: Record<string, unknown> = { Problem: problemSchema }
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:([a-zA-Z]+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operationOf(route, { problems, schemas }) }
  }
  return {
    openapi: '3.1.0',
    info: { title: `Minnaken ${name}`, version: '1' },
    paths,
    components: { schemas, securitySchemes },
    'x-problems': Object.fromEntries(
      Object.entries(problems).map(([code, { status, ja, en }]) => [code, { status, ja, en }]),
    ),
  }
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'titleEn', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string', description: '日本語の説明' },
    titleEn: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    requestId: { type: 'string' },
    retryable: { type: 'boolean' },
    faults: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'rule', 'ja', 'en'],
        properties: {
          field: { type: 'string' },
          rule: { type: 'string' },
          ja: { type: 'string' },
          en: { type: 'string' },
        },
      },
    },
  },
}

const cookieScheme = (audience: 'resident' | 'shop' | 'staff') => ({
  type: 'apiKey',
  in: 'cookie',
  name: cookieName(audience),
})

const securitySchemes = {
  resident: cookieScheme('resident'),
  shop: cookieScheme('shop'),
  staff: cookieScheme('staff'),
  bearer: { type: 'http', scheme: 'bearer' },
}

/** A till has its token in the shop's cookie or, at a till of another maker, as a bearer token. */
const schemesOf = (role: Role): readonly (keyof typeof securitySchemes)[] =>
  role === 'shop_staff' ? ['shop', 'bearer'] : [audienceOf(role)]

/** `getV1WalletsById`: the method and the words of the path. */
export const operationIdOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string =>
  method +
  path
    .replaceAll('/:', '/by-')
    .split(/[/._-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

type Into = { problems: Problems; schemas: Record<string, unknown> }

function operationOf(route: Route, into: Into): Json {
  const operationId = operationIdOf(route)
  const schemaOf = (schema: z.ZodType) => placed(schema, { operationId, schemas: into.schemas })
  const roles = route.access === 'anyone' ? [] : route.access
  const schemes = [...new Set(roles.flatMap(schemesOf))]
  return {
    operationId,
    summary: route.summary.ja,
    description: route.summary.en,
    'x-access': route.access,
    ...(route.shed === undefined ? {} : { 'x-shed': route.shed }),
    security: schemes.map((scheme) => ({ [scheme]: [] })),
    parameters: [
      ...parametersOf('path', route.params, schemaOf),
      ...parametersOf('query', route.query, schemaOf),
      ...(route.idempotent ? [idempotencyKeyParameter] : []),
      ...(route.admission ? [admissionTicketParameter] : []),
    ],
    ...bodyOf(route, schemaOf),
    responses: {
      ...repliesOf(route, schemaOf),
      ...(route.tagged ? stillSo : {}),
      ...problemsOf(route, into.problems),
    },
  }
}

const stillSo = { 304: { description: 'Not changed since the answer whose ETag was sent.' } }

const idempotencyKeyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
}

const admissionTicketParameter = {
  name: 'Admission-Ticket',
  in: 'header',
  required: false,
  description: 'In a rush: the place in line. A browser sends it as a cookie by itself.',
  schema: { type: 'string' },
}

type SchemaOf = (schema: z.ZodType) => Json

const parametersOf = (where: 'path' | 'query', fields: Route['params'], schemaOf: SchemaOf) =>
  Object.entries(fields?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path' || !schema.safeParse(undefined).success,
    schema: schemaOf(schema),
  }))

function bodyOf(route: Route, schemaOf: SchemaOf): Json {
  if (route.raw)
    return { requestBody: { required: true, content: { '*/*': { schema: { format: 'binary' } } } } }
  if (route.body === undefined) return {}
  const content = { 'application/json': { schema: schemaOf(route.body) } }
  return { requestBody: { required: true, content } }
}

const repliesOf = (route: Route, schemaOf: SchemaOf): Json =>
  Object.fromEntries(
    Object.entries(route.replies).map(([status, reply]) => {
      if (status === '204') return [status, { description: 'done' }]
      const content =
        'contentType' in reply
          ? {
              [reply.contentType]: {
                schema: { type: 'string', format: 'binary' },
                ...(reply.kind === 'live' ? { 'x-events': eventsOf(reply, schemaOf) } : {}),
              },
            }
          : { 'application/json': { schema: schemaOf(reply) } }
      return [status, { description: route.summary.en, content }]
    }),
  )

const eventsOf = ({ events }: LiveEvents, schemaOf: SchemaOf): Json =>
  Object.fromEntries(Object.entries(events).map(([name, schema]) => [name, schemaOf(schema)]))

/** The route's own problems and those that its declaration implies, by status. */
function problemsOf(route: Route, problems: Problems): Json {
  const codes = [
    'foreign_origin',
    'internal',
    'busy',
    ...(route.access === 'anyone' ? [] : ['sign_in_needed', 'forbidden']),
    ...(route.params ? ['not_found'] : []),
    ...(route.query ? ['invalid_field', 'unknown_field', 'duplicate_key'] : []),
    ...(route.idempotent ? ['idempotency_key_needed'] : []),
    ...(route.raw ? ['body_too_large', 'unsupported_media_type'] : []),
    ...(route.body ? bodyProblems : []),
    ...(route.method === 'get' ? [] : ['outcome_unknown']),
    ...route.problems,
  ]
  const byStatus: Record<string, Json> = {}
  for (const status of new Set(codes.map((code) => problems[code]?.status))) {
    const same = [...new Set(codes.filter((code) => problems[code]?.status === status))]
    byStatus[String(status)] = {
      description: same.map((code) => `${code}: ${problems[code]?.ja}`).join(' / '),
      content: {
        'application/problem+json': {
          schema: {
            allOf: [
              { $ref: '#/components/schemas/Problem' },
              { type: 'object', properties: { code: { enum: same } } },
            ],
          },
        },
      },
    }
  }
  return byStatus
}

const bodyProblems = [
  'malformed_json',
  'duplicate_key',
  'unknown_field',
  'invalid_field',
  'body_needed',
  'body_too_large',
  'unsupported_media_type',
]

/** A schema as it stands in the document: what it shares with others lies under `components`. */
function placed(
  schema: z.ZodType,
  { operationId, schemas }: { operationId: string; schemas: Record<string, unknown> },
): Json {
  const { $schema: _, $defs = {}, ...own } = z.toJSONSchema(schema, { io: 'input' })
  const nameOf = (key: string) => (key.startsWith('__') ? `${operationId}${key}` : key)
  const moved = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(moved)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) => [
        key,
        key === '$ref' && typeof value === 'string'
          ? `#/components/schemas/${nameOf(value.replace('#/$defs/', ''))}`
          : moved(value),
      ]),
    )
  }
  for (const [key, definition] of Object.entries($defs)) schemas[nameOf(key)] = moved(definition)
  return moved(own) as Json
}
