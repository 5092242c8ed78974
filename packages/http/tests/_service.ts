import type { Actor } from '@minnaken/domain'
import { z } from 'zod'
import {
  bytes,
  createLog,
  createService,
  defineProblems,
  digitsParam,
  file,
  problem,
  reply,
  route,
  unitsField,
  yenField,
  type Credentials,
  type Limits,
  type Metrics,
  type ProblemReply,
  type ReadyChecks,
} from '../src/index.ts'

export const origins = {
  resident: 'https://ken.example',
  shop: 'https://shop.example',
  staff: 'https://office.example',
}

const problems = defineProblems({
  code_expired: { status: 409, ja: '支払コードの期限が切れました。', en: 'The code has expired.' },
})

const words = { ja: '試験', en: 'test' }

/** Tokens of the invented people of these tests. */
const people: Record<string, Actor> = {
  'resident-a': { role: 'resident', accountId: 'a', signedInAt: 0 },
  'clerk-c': { role: 'clerk', accountId: 'c', signedInAt: 0 },
  'till-1': { role: 'shop_staff', tillId: 'till 1', shopId: 'shop 1' },
}

const authenticate = async (credentials: Credentials): Promise<Actor | null> => {
  const token =
    credentials.bearer ?? credentials.shop ?? credentials.staff ?? credentials.resident ?? ''
  if (token.startsWith('break')) throw new Error(`look-up of ${token} failed`)
  return people[token] ?? null
}

/** A service with one route for each thing that the edge does. */
export function testService(
  overrides: {
    /** What the slow route does. */
    work?: () => Promise<void>
    write?: (line: string) => void
    limits?: Partial<Limits>
    metrics?: Metrics
    ready?: () => Promise<ReadyChecks>
    explainFault?: (error: unknown) => ProblemReply | null
  } = {},
) {
  const lines: string[] = []
  const seen: unknown[] = []
  const routes = [
    route({
      method: 'post',
      path: '/v1/payments',
      access: 'anyone',
      summary: words,
      body: z.strictObject({
        amountYen: yenField({ max: 50_000 }),
        units: unitsField().optional(),
        memo: z.string().max(40).optional(),
        shop: z.strictObject({ kind: z.enum(['small', 'large']) }).optional(),
        lots: z
          .array(z.strictObject({ id: z.uuid() }))
          .max(3)
          .optional(),
      }),
      replies: { 201: z.object({ amountYen: z.int() }) },
      problems: ['code_expired'],
      handle: async ({ body }) => {
        seen.push(body)
        if (body.amountYen === 999)
          return problem('code_expired', { code: 'forged', status: 200, expiredAt: 5 })
        return reply(201, { amountYen: body.amountYen })
      },
    }),
    route({
      method: 'get',
      path: '/v1/tills/:tillId',
      access: ['shop_staff'],
      summary: words,
      params: z.strictObject({ tillId: z.string().regex(/^[a-z0-9-]{1,20}$/) }),
      query: z.strictObject({ page: digitsParam({ max: 99 }).optional() }),
      replies: { 200: z.object({ shopId: z.string(), page: z.int().nullable() }) },
      handle: async ({ actor, query }) =>
        reply(200, { shopId: actor.shopId, page: query.page ?? null }),
    }),
    route({
      method: 'post',
      path: '/v1/closings',
      access: ['clerk', 'approver'],
      summary: words,
      idempotent: true,
      replies: { 200: z.object({ by: z.string(), key: z.string() }) },
      handle: async ({ actor, idempotencyKey }) =>
        reply(200, { by: actor.accountId, key: idempotencyKey }),
    }),
    route({
      method: 'post',
      path: '/v1/webhooks/sandbox',
      access: 'anyone',
      summary: words,
      raw: true,
      bodyBytesMax: 100,
      replies: { 200: z.object({ length: z.int() }) },
      handle: async ({ bytes: sent }) => reply(200, { length: sent.byteLength }),
    }),
    route({
      method: 'get',
      path: '/v1/statement.csv',
      access: 'anyone',
      summary: words,
      replies: { 200: bytes('text/csv; charset=utf-8') },
      handle: async () => file(Buffer.from('a,b\r\n'), 'text/csv; charset=utf-8', '明細 1.csv'),
    }),
    route({
      method: 'get',
      path: '/v1/broken',
      access: 'anyone',
      summary: words,
      replies: { 200: z.object({}) },
      handle: async ({ headers }) => {
        throw new Error(`secret ${headers.get('x-secret')}`, {
          cause: new TypeError('canary-cause'),
        })
      },
    }),
    route({
      method: 'post',
      path: '/v1/slow',
      access: 'anyone',
      summary: words,
      replies: { 200: z.object({ done: z.literal(true) }) },
      handle: async () => {
        await overrides.work?.()
        return reply(200, { done: true })
      },
    }),
  ]
  const service = createService({
    name: 'test',
    routes,
    problems,
    authenticate,
    origins,
    ready: async () => ({ database: { ok: true } }),
    log: createLog({ service: 'test', write: overrides.write ?? ((line) => lines.push(line)) }),
    checkReplies: true,
    ...overrides,
  })
  return { service, app: service.app, lines, seen }
}

export const post = (
  body: string | Uint8Array<ArrayBuffer> | ReadableStream,
  headers: Record<string, string> = {},
): RequestInit => ({
  method: 'POST',
  body,
  duplex: 'half',
  headers: { 'content-type': 'application/json', ...headers },
})

export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  titleEn: z.string(),
  status: z.int(),
  code: z.string(),
  requestId: z.string(),
  faults: z
    .array(z.looseObject({ field: z.string(), rule: z.string(), ja: z.string(), en: z.string() }))
    .optional(),
})

export const problemOf = async (response: Response) => problemSchema.parse(await response.json())

/** Work that says when it is begun and waits until it is let go. */
export function gate(): { work: () => Promise<void>; begun: Promise<void>; open: () => void } {
  const marks: Record<'begun' | 'opened', (() => void)[]> = { begun: [], opened: [] }
  const begun = new Promise<void>((resolve) => marks.begun.push(resolve))
  const opened = new Promise<void>((resolve) => marks.opened.push(resolve))
  const reach = (mark: keyof typeof marks) => marks[mark].forEach((resolve) => resolve())
  return {
    work: () => {
      reach('begun')
      return opened
    },
    begun,
    open: () => reach('opened'),
  }
}

export const never = () => new Promise<never>(() => {})
