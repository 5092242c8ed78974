import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  type Authenticate,
  bytes,
  createService,
  defineProblems,
  type Entry,
  type Gate,
  page,
  type Passage,
  problem,
  reply,
  route,
  type ShedClass,
} from '../src/index.ts'
import { gate as holdUp, problemOf } from './_service.ts'

const silent = { request: () => {}, fault: () => {}, event: () => {}, flush: () => {} }
const words = { ja: '試験', en: 'test' }
const problems = defineProblems({
  waiting_room: { status: 503, ja: '順番にご案内しています。', en: 'Please wait for your turn.' },
})

type Work = () => Promise<void>

type More = Readonly<{ shed?: ShedClass; admission?: boolean; access?: readonly ['resident'] }>

/** A route for each class, one of no class, and one behind the gate; all do the same work. */
function serviceWith(
  options: Readonly<{
    work?: Work
    gate?: Gate
    authenticate?: Authenticate
    explainFault?: () => ReturnType<typeof problem>
  }>,
) {
  const { work = async () => {}, ...rest } = options
  const doing = (path: `/${string}`, more: More = {}) =>
    route({
      method: 'post',
      path,
      access: 'anyone',
      summary: words,
      ...more,
      replies: { 200: z.object({ done: z.literal(true) }) },
      problems: ['waiting_room'],
      handle: async () => {
        await work()
        return reply(200, { done: true })
      },
    })
  return createService({
    name: 'test',
    problems,
    routes: [
      doing('/v1/report', { shed: 'report' }),
      doing('/v1/sale', { shed: 'sale' }),
      doing('/v1/balance', { shed: 'balance' }),
      doing('/v1/notice'),
      ...(options.gate === undefined
        ? []
        : [
            doing('/v1/gated', { admission: true }),
            doing('/v1/gated-own', { admission: true, access: ['resident'] }),
          ]),
      route({
        method: 'get',
        path: '/page',
        access: 'anyone',
        anonymous: true,
        summary: words,
        replies: { 200: bytes('text/html; charset=utf-8') },
        handle: async () => page('<!doctype html>', 'text/html; charset=utf-8'),
      }),
    ],
    authenticate: async () => null,
    origins: { resident: 'https://ken.example' },
    ready: async () => ({}),
    log: silent,
    limits: { inFlightMax: 8, shedAt: { report: 2, sale: 4, balance: 6 } },
    checkReplies: true,
    ...rest,
  })
}

const post = { method: 'POST' }

const classes = ['/v1/report', '/v1/sale', '/v1/balance', '/v1/notice'] as const

test('reports are shed first, then sales, then balances, and the rest last', async () => {
  const held = holdUp()
  let isHeld = false
  const { app } = serviceWith({ work: () => (isHeld ? held.work() : Promise.resolve()) })
  const seen: string[] = []
  const atWork: Promise<Response>[] = []
  for (let count = 0; count <= 8; count++) {
    let marks = ''
    for (const path of classes) marks += (await app.request(path, post)).status === 200 ? '.' : 'x'
    seen.push(`${count} ${marks}`)
    isHeld = true
    atWork.push(Promise.resolve(app.request('/v1/notice', post)))
    await new Promise((resolve) => setImmediate(resolve))
    isHeld = false
  }
  expect(seen).toEqual([
    '0 ....',
    '1 ....',
    '2 x...',
    '3 x...',
    '4 xx..',
    '5 xx..',
    '6 xxx.',
    '7 xxx.',
    '8 xxxx',
  ])
  const refused = await app.request('/v1/report', post)
  expect(refused.headers.get('retry-after')).toMatch(/^[12]$/)
  expect(await problemOf(refused)).toMatchObject({ code: 'busy', retryable: true })
  held.open()
  await Promise.all(atWork)
  const after = await Promise.all(classes.slice(0, 2).map(async (path) => app.request(path, post)))
  expect(after.map(({ status }) => status)).toEqual([200, 200])
})

test('limits that would shed a balance before a report are not taken', () => {
  const make = (shedAt: Record<ShedClass, number>) => () =>
    createService({
      name: 'test',
      problems,
      routes: [],
      authenticate: async () => null,
      origins: {},
      ready: async () => ({}),
      log: silent,
      limits: { inFlightMax: 8, shedAt },
    })
  expect(make({ report: 2, sale: 4, balance: 8 })).not.toThrow()
  expect(make({ report: 4, sale: 2, balance: 6 })).toThrow(/shed/)
  expect(make({ report: 2, sale: 7, balance: 6 })).toThrow(/shed/)
  expect(make({ report: 2, sale: 4, balance: 9 })).toThrow(/shed/)
  expect(make({ report: 0, sale: 4, balance: 8 })).toThrow(/shed/)
})

/** A gate that answers what it is told and keeps what it is told back. */
function gateThat(entries: readonly ('enter' | 'wait')[]) {
  const passages: Passage[] = []
  let asked = 0
  const open: Gate = async (): Promise<Entry> => {
    const next = entries[asked % entries.length]
    asked += 1
    return next === 'wait'
      ? problem('waiting_room', { place: 7, retryAfterSeconds: 9 }, { 'admission-ticket': 'later' })
      : {
          kind: 'entered',
          headers: { 'admission-ticket': 'now' },
          stepAside: () => () => {},
          leave: (passage) => passages.push(passage),
        }
  }
  return { open, passages, asked: () => asked }
}

test('a gate turns away before anybody is looked up, and says when to come back', async () => {
  let lookedUp = 0
  const { open, passages } = gateThat(['wait', 'enter'])
  const { app } = serviceWith({
    gate: open,
    authenticate: async () => {
      lookedUp += 1
      return null
    },
  })
  const sent = {
    ...post,
    headers: { cookie: '__Host-resident=token', origin: 'https://ken.example' },
  }
  const away = await app.request('/v1/gated', sent)
  expect(away.status).toBe(503)
  expect(away.headers.get('retry-after')).toBe('9')
  expect(away.headers.get('admission-ticket')).toBe('later')
  expect(await problemOf(away)).toMatchObject({ code: 'waiting_room', place: 7, retryable: true })
  expect([lookedUp, passages.length]).toEqual([0, 0])
  const inside = await app.request('/v1/gated', sent)
  expect([inside.status, inside.headers.get('admission-ticket')]).toEqual([200, 'now'])
  expect(lookedUp).toBe(1)
  expect(passages).toEqual([{ ms: expect.any(Number), wasOverloaded: false, wasKnown: false }])
})

test('a gate hears of everyone whom it let in, also of those who found no room', async () => {
  const { open, passages, asked } = gateThat(['enter'])
  let fails = true
  const { app } = serviceWith({
    gate: open,
    work: async () => {
      if (fails) throw new Error('the pool is full')
    },
    explainFault: () => problem('busy'),
  })
  expect((await app.request('/v1/gated', post)).status).toBe(503)
  fails = false
  expect((await app.request('/v1/gated', post)).status).toBe(200)
  await app.request('/v1/sale', post)
  expect(passages.map(({ wasOverloaded }) => wasOverloaded)).toEqual([true, false])
  expect(asked()).toBe(2)
})

test('a gate hears whether those whom it let in are known, where it is asked who they are', async () => {
  const { open, passages } = gateThat(['enter'])
  const mine = { accountId: 'a', role: 'resident', signedInAt: 0 } as const
  let actor: typeof mine | null = null
  const { app } = serviceWith({ gate: open, authenticate: async () => actor })
  const asked = (path: string, cookie?: string) =>
    app.request(path, {
      ...post,
      headers: {
        ...(cookie === undefined ? {} : { cookie: `__Host-resident=${cookie}` }),
        origin: 'https://ken.example',
      },
    })
  expect((await asked('/v1/gated-own')).status).toBe(401)
  expect((await asked('/v1/gated-own', 'invented')).status).toBe(401)
  actor = mine
  expect((await asked('/v1/gated-own', 'real')).status).toBe(200)
  expect((await asked('/v1/gated', 'real')).status).toBe(200)
  expect(passages.map(({ wasKnown }) => wasKnown)).toEqual([false, false, true, false])
})

test('who waits in line takes no room from those at work', async () => {
  const line = Promise.withResolvers<void>()
  const { app } = serviceWith({
    gate: async () => {
      await line.promise
      return problem('waiting_room')
    },
  })
  const waiting = [1, 2, 3, 4, 5, 6].map(async () => app.request('/v1/gated', post))
  expect((await app.request('/v1/report', post)).status).toBe(200)
  line.resolve()
  const answers = await Promise.all(waiting)
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503, 503])
})

test('a route behind a gate that is not there is not built', () => {
  const waits = route({
    method: 'post',
    path: '/v1/gated',
    access: 'anyone',
    admission: true,
    summary: words,
    replies: { 200: z.object({}) },
    handle: async () => reply(200, {}),
  })
  const make = (gate?: Gate) => () =>
    createService({
      name: 'test',
      problems,
      routes: [waits],
      authenticate: async () => null,
      origins: {},
      ready: async () => ({}),
      log: silent,
      ...(gate === undefined ? {} : { gate }),
    })
  expect(make()).toThrow(/no gate/)
  const { openapi } = make(gateThat(['enter']).open)()
  expect(JSON.stringify(openapi.paths['/v1/gated'])).toContain('Admission-Ticket')
})

test('a page may load its own parts and nothing else, and looks nobody up', async () => {
  const { app, openapi } = serviceWith({
    authenticate: async () => {
      throw new Error('somebody was looked up')
    },
  })
  const answer = await app.request('/page', { headers: { cookie: '__Host-resident=token' } })
  expect([answer.status, await answer.text()]).toEqual([200, '<!doctype html>'])
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const policy = answer.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'; style-src 'self'; script-src 'self'")
  expect(policy).not.toMatch(/unsafe|\*|https?:|data:/)
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(openapi.paths['/v1/report']?.['post']).toMatchObject({ 'x-shed': 'report' })
})
