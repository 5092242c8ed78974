import type { Actor } from '@minnaken/domain'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  type Live,
  type Running,
  createLog,
  createService,
  defineProblems,
  live,
  liveEvents,
  route,
  serve,
} from '../src/index.ts'
import { problemOf } from './_service.ts'

type Told = { payment: { yen: number } }

const origins = { shop: 'https://shop.example' }

/** A service that tells of payments, and the hands of the test on it. */
function liveService(
  tell: (listener: Live<Told>) => Promise<void>,
  limits: { listenersMax?: number; checkMs?: number; longestMs?: number } = {},
) {
  const lines: string[] = []
  const session = { isGood: true }
  const staff: Actor = { role: 'shop_staff', tillId: 't', shopId: 's' }
  const service = createService({
    name: 'test',
    problems: defineProblems({}),
    authenticate: async () => (session.isGood ? staff : null),
    origins,
    ready: async () => ({}),
    log: createLog({ service: 'test', write: (line) => lines.push(line) }),
    checkReplies: true,
    limits: { live: { listenersMax: 10, checkMs: 60_000, longestMs: 600_000, ...limits } },
    routes: ['/v1/live', '/v1/other'].map((path) =>
      route({
        method: 'get',
        path: path as '/v1/live',
        access: ['shop_staff'],
        summary: { ja: '試験', en: 'test' },
        replies: { 200: liveEvents({ payment: z.object({ yen: z.int() }) }) },
        handle: async () => live(tell),
      }),
    ),
  })
  return { service, lines, session }
}

const untilGone = ({ signal }: Live<Told>): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

let running: Running | undefined
afterEach(async () => {
  await running?.drain()
  running = undefined
})

async function listen(url: string, signal?: AbortSignal, path = '/v1/live'): Promise<Response> {
  return fetch(`${url}${path}`, {
    headers: { authorization: 'Bearer x' },
    ...(signal === undefined ? {} : { signal }),
  })
}

describe('a listener', () => {
  test('hears what is told, each event by its name', async () => {
    const { service } = liveService(async ({ send }) => {
      send('payment', { yen: 800 })
      send('payment', { yen: 1 })
    })
    running = await serve(service, { port: 0, noticeMs: 0 })
    const response = await listen(running.url)
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.text()).toBe(
      'retry: 1000\n\nevent: payment\ndata: {"yen":800}\n\nevent: payment\ndata: {"yen":1}\n\n',
    )
  })

  test('is told before its reply has ended', async () => {
    const { service } = liveService(async (listener) => {
      listener.send('payment', { yen: 800 })
      await untilGone(listener)
    })
    running = await serve(service, { port: 0, noticeMs: 0 })
    const reader = (await listen(running.url)).body?.getReader()
    let heard = ''
    while (!heard.includes('800')) {
      const part = await reader?.read()
      heard += new TextDecoder().decode(part?.value)
    }
    expect(heard).toContain('event: payment')
    await reader?.cancel()
  })

  test('that goes away is told nothing more, and what was held for it is let go', async () => {
    const gone = Promise.withResolvers<string>()
    const { service } = liveService(async (listener) => {
      await untilGone(listener)
      listener.send('payment', { yen: 1 })
      gone.resolve('gone')
    })
    running = await serve(service, { port: 0, noticeMs: 0 })
    const leaving = new AbortController()
    await listen(running.url, leaving.signal)
    leaving.abort()
    expect(await gone.promise).toBe('gone')
  })

  test('whose session ends is ended', async () => {
    const { service, session } = liveService(untilGone, { checkMs: 10 })
    running = await serve(service, { port: 0, noticeMs: 0 })
    const response = await listen(running.url)
    session.isGood = false
    expect(await response.text()).toMatch(/^retry: 1000\n\n(:\n\n)*$/)
    expect((await listen(running.url)).status).toBe(401)
  })

  test('comes again after a while', async () => {
    const { service } = liveService(untilGone, { checkMs: 10, longestMs: 20 })
    running = await serve(service, { port: 0, noticeMs: 0 })
    expect(await (await listen(running.url)).text()).toContain('retry: 1000')
  })

  test('that takes nothing is ended, and the others go on', async () => {
    const { service } = liveService(async (listener) => {
      for (let yen = 1; yen <= 1_000 && !listener.signal.aborted; yen++)
        listener.send('payment', { yen })
    })
    const response = await service.app.request('/v1/live', {
      headers: { authorization: 'Bearer x' },
    })
    const told = (await response.text()).split('event: payment').length - 1
    expect(told).toBeGreaterThan(200)
    expect(told).toBeLessThan(300)
  })

  test('one more than there is room for is told to come again', async () => {
    const { service } = liveService(untilGone, { listenersMax: 1 })
    running = await serve(service, { port: 0, noticeMs: 0 })
    const first = await listen(running.url)
    const second = await listen(running.url)
    expect(second.status).toBe(503)
    expect(await problemOf(second)).toMatchObject({ code: 'busy', retryable: true })
    await first.body?.cancel()
    let third = await listen(running.url)
    while (third.status === 503) third = await listen(running.url)
    expect(third.status).toBe(200)
  })

  test('takes no place of those who listen to something else', async () => {
    const { service } = liveService(untilGone, { listenersMax: 1 })
    running = await serve(service, { port: 0, noticeMs: 0 })
    const first = await listen(running.url)
    expect((await listen(running.url)).status).toBe(503)
    const other = await listen(running.url, undefined, '/v1/other')
    expect(other.status).toBe(200)
    expect((await listen(running.url, undefined, '/v1/other')).status).toBe(503)
    await Promise.all([first.body?.cancel(), other.body?.cancel()])
  })

  test('does not count as a request at work', async () => {
    const { service } = liveService(untilGone)
    running = await serve(service, { port: 0, noticeMs: 0 })
    const { url } = running
    const all = await Promise.all(Array.from({ length: 10 }, () => listen(url)))
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 200))
    await Promise.all(all.map(async ({ body }) => body?.cancel()))
  })
})

test('a process that is about to go ends its listeners at once and takes no new one', async () => {
  const { service } = liveService(untilGone)
  // So long that waiting for a listener would be longer than the test may take.
  running = await serve(service, { port: 0, noticeMs: 0, drainMs: 600_000 })
  const response = await listen(running.url)
  const over = response.text()
  await running.drain()
  expect(await over).toBe('retry: 1000\n\n')
  const late = await service.app.request('/v1/live', { headers: { authorization: 'Bearer x' } })
  expect(late.status).toBe(503)
})

test('what goes wrong while telling ends the listener and is a fault in the log', async () => {
  const { service, lines } = liveService(async () => {
    throw new Error('the database is gone')
  })
  running = await serve(service, { port: 0, noticeMs: 0 })
  expect(await (await listen(running.url)).text()).toBe('retry: 1000\n\n')
  expect(lines.some((line) => line.includes('"fault"'))).toBe(true)
  expect(lines.join('')).not.toContain('the database is gone')
})

test('an event that is not declared, or has more to say than that, is not told', async () => {
  for (const data of [{ yen: 1, card: 'secret' }, { yen: '1' }]) {
    const { service } = liveService(async ({ send }) => {
      send('payment', data as Told['payment'])
    })
    const response = await service.app.request('/v1/live', {
      headers: { authorization: 'Bearer x' },
    })
    expect(await response.text()).toBe('retry: 1000\n\n')
  }
})

test('asking only for the headers tells nobody anything', async () => {
  let told = 0
  const { service } = liveService(async () => {
    told += 1
  })
  const head = await service.app.request('/v1/live', {
    method: 'HEAD',
    headers: { authorization: 'Bearer x' },
  })
  expect([head.status, await head.text(), told]).toEqual([200, '', 0])
})

test('the events stand in the OpenAPI document', () => {
  const { service } = liveService(untilGone)
  const document = JSON.stringify(service.openapi)
  expect(document).toContain('"text/event-stream"')
  expect(document).toContain('"x-events":{"payment":')
})
