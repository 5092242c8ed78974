import type { Actor } from '@minnaken/domain'
import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { bytes, createService, defineProblems, file, problem, reply, route } from './index.ts'

const words = { ja: '試験', en: 'test' }
const at = { method: 'post', path: '/v1/x', summary: words } as const

// Checked by `tsc`: an `@ts-expect-error` that meets no error is an error itself.
test('a handler is given the types of its schemas and of its roles', () => {
  const made = [
    route({
      ...at,
      path: '/v1/x/:id',
      access: ['shop_staff'],
      params: z.strictObject({ id: z.string() }),
      query: z.strictObject({ page: z.string().transform(Number) }),
      body: z.strictObject({ memo: z.string().optional() }),
      idempotent: true,
      replies: { 200: z.object({ kind: z.literal('done') }) },
      handle: async ({ params, query, body, bytes: sent, actor, idempotencyKey }) => {
        expectTypeOf(params).toEqualTypeOf<{ id: string }>()
        expectTypeOf(query).toEqualTypeOf<{ page: number }>()
        expectTypeOf(body.memo).toEqualTypeOf<string | undefined>()
        expectTypeOf(sent).toEqualTypeOf<undefined>()
        expectTypeOf(actor.shopId).toEqualTypeOf<string>()
        expectTypeOf(idempotencyKey).toEqualTypeOf<string>()
        return reply(200, { kind: 'done' })
      },
    }),
    route({
      ...at,
      access: 'anyone',
      raw: true,
      replies: { 200: bytes('text/csv') },
      handle: async ({ params, query, body, bytes: sent, actor, idempotencyKey }) => {
        expectTypeOf(params).toEqualTypeOf<undefined>()
        expectTypeOf(query).toEqualTypeOf<undefined>()
        expectTypeOf(body).toEqualTypeOf<undefined>()
        expectTypeOf(sent).toEqualTypeOf<Uint8Array>()
        expectTypeOf(actor).toEqualTypeOf<Actor | null>()
        expectTypeOf(idempotencyKey).toEqualTypeOf<undefined>()
        return file(sent, 'text/csv', 'x.csv')
      },
    }),
    route({
      ...at,
      access: ['clerk', 'approver'],
      replies: { 200: z.object({ ids: z.array(z.string()) }), 202: z.object({}) },
      problems: ['gone'],
      handle: async ({ actor }) => {
        expectTypeOf(actor.role).toEqualTypeOf<'clerk' | 'approver'>()
        expectTypeOf(actor.accountId).toEqualTypeOf<string>()
        if (actor.accountId === '1') return problem('gone')
        if (actor.accountId === '2') return problem('not_found')
        const ids: readonly string[] = []
        return actor.accountId === '3' ? reply(202, {}) : reply(200, { ids })
      },
    }),
  ]
  expect(made).toHaveLength(3)
})

test('what a route does not declare does not compile', () => {
  const declared = { ...at, access: 'anyone', replies: { 200: z.object({ a: z.int() }) } } as const
  const made = [
    // @ts-expect-error 201 is not declared
    route({ ...declared, handle: async () => reply(201, { a: 1 }) }),
    // @ts-expect-error a is a number
    route({ ...declared, handle: async () => reply(200, { a: '1' }) }),
    // @ts-expect-error a is missing
    route({ ...declared, handle: async () => reply(200, {}) }),
    // @ts-expect-error no file is declared
    route({ ...declared, handle: async () => file(new Uint8Array(), 'text/csv', 'x') }),
    // @ts-expect-error the problem is not declared
    route({ ...declared, handle: async () => problem('gone') }),
    // @ts-expect-error there may be nobody
    route({ ...declared, handle: async ({ actor }) => reply(200, { a: actor.role.length }) }),
    // @ts-expect-error nobody could call it
    route({ ...declared, access: [], handle: async () => reply(200, { a: 1 }) }),
  ]
  expect(made).toHaveLength(7)
})

test("a route's problem that its service does not define does not compile", () => {
  const lost = route({
    ...at,
    access: 'anyone',
    replies: { 200: z.object({}) },
    problems: ['gone'],
    handle: async () => problem('gone'),
  })
  const rest = {
    name: 'test',
    authenticate: async () => null,
    origins: {},
    ready: async () => ({}),
    log: { request: () => {}, fault: () => {}, event: () => {}, flush: () => {} },
  }
  const here = defineProblems({ here: { status: 409, ja: 'あ', en: 'a' } })
  // @ts-expect-error `gone` is not among the problems
  expect(() => createService({ ...rest, routes: [lost], problems: here })).toThrow(/gone/)
})
