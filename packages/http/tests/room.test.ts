import { expect, test } from 'vitest'
import { z } from 'zod'
import { createService, defineProblems, reply, route } from '../src/index.ts'
import { problemOf } from './_service.ts'

const silent = { request: () => {}, fault: () => {}, event: () => {}, flush: () => {} }

/** A service of one route, and how far it has read what is sent to it. */
function openService(hasRoom: () => boolean) {
  const lookedUp: unknown[] = []
  const { app } = createService({
    name: 'test',
    problems: defineProblems({}),
    routes: [
      route({
        method: 'post',
        path: '/v1/pay',
        access: 'anyone',
        summary: { ja: '試験', en: 'test' },
        hasRoom,
        body: z.strictObject({ amount: z.number() }),
        replies: { 200: z.object({ done: z.literal(true) }) },
        handle: async () => reply(200, { done: true }),
      }),
    ],
    authenticate: async (credentials) => {
      lookedUp.push(credentials)
      return null
    },
    origins: {},
    ready: async () => ({}),
    log: silent,
  })
  let bodiesRead = 0
  const pay = (): Promise<Response> => {
    const body = new ReadableStream(
      {
        pull: (controller) => {
          bodiesRead += 1
          controller.enqueue(Buffer.from('{"amount":1}'))
          controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    const headers = { 'content-type': 'application/json', authorization: 'Bearer abc' }
    const request = new Request('http://localhost/v1/pay', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    })
    return Promise.resolve(app.request(request))
  }
  return { pay, looks: () => lookedUp.length, bodies: () => bodiesRead }
}

test('a route that has no room says so before anything of a request is read', async () => {
  let hasRoom = false
  const { pay, looks, bodies } = openService(() => hasRoom)
  const refused = await pay()
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toMatch(/^[12]$/)
  expect(await problemOf(refused)).toMatchObject({ code: 'busy', retryable: true })
  expect([looks(), bodies()]).toEqual([0, 0])
  hasRoom = true
  expect((await pay()).status).toBe(200)
  expect([looks(), bodies()]).toEqual([1, 1])
})
