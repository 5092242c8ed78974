import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { type Running, createService, defineProblems, reply, route, serve } from '../src/index.ts'
import { gate } from './_service.ts'

const silent = { request: () => {}, fault: () => {}, event: () => {}, flush: () => {} }

/** A service at which payments have a line of their own; it counts those of them that it refuses. */
function openService(
  work: () => Promise<void>,
  limits: Partial<Readonly<{ inFlightMax: number }>> = {},
) {
  let refused = 0
  const shared = {
    method: 'post',
    access: 'anyone',
    summary: { ja: '試験', en: 'test' },
    replies: { 200: z.object({ done: z.boolean() }) },
  } as const
  const handle = async () => {
    await work()
    return reply(200, { done: true })
  }
  const routes = [
    route({
      ...shared,
      path: '/v1/pay',
      ownLine: { refused: () => (refused += 1) },
      handle,
    }),
    route({ ...shared, path: '/v1/other', handle }),
  ]
  const service = createService({
    name: 'test',
    problems: defineProblems({}),
    routes,
    authenticate: async () => null,
    origins: {},
    ready: async () => ({}),
    log: silent,
    limits,
  })
  return { service, refused: () => refused }
}

let running: Running | undefined
afterEach(async () => {
  await running?.drain()
  running = undefined
})

/** Sends all at once over one connection; the statuses are in the order of the requests. */
async function sendAll(port: number, paths: readonly string[]): Promise<readonly string[]> {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.on('data', (bytes: Buffer) => (heard += bytes.toString()))
  const request = (path: string) => `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n`
  socket.write(paths.map(request).join(''))
  const statuses = () => heard.match(/(?<=HTTP\/1.1 )\d+/g) ?? []
  await expect.poll(() => statuses().length).toBe(paths.length)
  socket.destroy()
  return statuses()
}

const others = (count: number): string[] => Array.from({ length: count }, () => '/v1/other')
const payments = (count: number): string[] => Array.from({ length: count }, () => '/v1/pay')
const crowd = { port: 0, noticeMs: 0, perRound: 2, outsideMax: 3 }
const noWork = async (): Promise<void> => {}

test('a payment finds room outside however many others wait there', async () => {
  const { service, refused } = openService(noWork)
  running = await serve(service, crowd)
  const told = await sendAll(running.port, [...others(20), ...payments(5)])
  expect(told.slice(0, 20)).toContain('503')
  expect(told.slice(20)).toEqual(payments(5).map(() => '200'))
  expect(refused()).toBe(0)
})

test('payments beyond the places of their own are refused and counted, and take nobody else’s', async () => {
  const { service, refused } = openService(noWork)
  running = await serve(service, crowd)
  const told = await sendAll(running.port, [...payments(20), ...others(5)])
  const busy = told.slice(0, 20).filter((status) => status === '503').length
  expect(busy).toBeGreaterThan(0)
  expect(refused()).toBe(busy)
  expect(told.slice(20)).toEqual(others(5).map(() => '200'))
})

test('a payment finds room at work however many others are', async () => {
  const { work, open } = gate()
  const { service, refused } = openService(work, { inFlightMax: 3 })
  const ask = async (path: string) => (await service.app.request(path, { method: 'POST' })).status
  const atWork = others(3).map(ask)
  expect(await ask('/v1/other')).toBe(503)
  expect(refused()).toBe(0)
  const paying = payments(3).map(ask)
  expect(await ask('/v1/pay')).toBe(503)
  expect(refused()).toBe(1)
  open()
  expect(await Promise.all([...atWork, ...paying])).toEqual([200, 200, 200, 200, 200, 200])
})
