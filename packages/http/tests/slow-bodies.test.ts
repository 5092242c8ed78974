import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import {
  createService,
  defineProblems,
  type Gate,
  problem,
  reply,
  route,
  type Running,
  serve,
} from '../src/index.ts'
import { gate as holdUp, post } from './_service.ts'

const words = { ja: '試験', en: 'test' }
const silent = { request: () => {}, fault: () => {}, event: () => {}, flush: () => {} }
const MOST = 32

/** A gate that lets four be at work at once, and keeps how long each was. */
function gateOfFour() {
  const ms: number[] = []
  let inside = 0
  const open: Gate = async () => {
    if (inside >= 4) return problem('busy')
    inside += 1
    return {
      kind: 'entered',
      headers: {},
      stepAside: () => {
        inside -= 1
        return () => void (inside += 1)
      },
      leave: (passage) => {
        inside -= 1
        ms.push(passage.ms)
      },
    }
  }
  return { open, ms, inside: () => inside }
}

let running: Running
let four: ReturnType<typeof gateOfFour>
let held: ReturnType<typeof holdUp> | undefined
let sockets: Socket[]
beforeEach(async () => {
  four = gateOfFour()
  held = undefined
  sockets = []
  const buying = (path: `/${string}`, admission: boolean) =>
    route({
      method: 'post',
      path,
      access: 'anyone',
      summary: words,
      shed: 'sale',
      admission,
      body: z.strictObject({ units: z.int() }),
      replies: { 201: z.object({}) },
      handle: async () => {
        await held?.work()
        return reply(201, {})
      },
    })
  const service = createService({
    name: 'test',
    problems: defineProblems({}),
    routes: [buying('/v1/open', false), buying('/v1/gated', true)],
    authenticate: async () => null,
    origins: {},
    ready: async () => ({}),
    log: silent,
    gate: four.open,
    limits: { inFlightMax: MOST, shedAt: { report: 2, sale: 4, balance: 6 } },
  })
  running = await serve(service, { port: 0, noticeMs: 0, drainMs: 100 })
})
afterEach(async () => {
  held?.open()
  for (const socket of sockets) socket.destroy()
  await running.drain()
})

const whole = '{"units":1}'

/** Sends the headers and one byte; the answers that come are kept. */
async function halfSent(path: string, count: number): Promise<() => string[]> {
  const heard: string[] = []
  for (let n = 0; n < count; n++) {
    const socket = connect(running.port, '127.0.0.1')
    socket.on('error', () => {})
    sockets.push(socket)
    await once(socket, 'connect')
    socket.once('data', (bytes) => heard.push(String(bytes).slice(9, 12)))
    const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n`
    socket.write(`${head}Content-Length: ${whole.length}\r\n\r\n${whole.slice(0, 1)}`)
  }
  await sleep(100)
  return () => heard
}

const buy = async (path: string): Promise<number> =>
  (await fetch(`${running.url}${path}`, post(whole))).status

const buyTwenty = async (path: string): Promise<Set<number>> => {
  const seen = new Set<number>()
  for (let n = 0; n < 20; n++) seen.add(await buy(path))
  return seen
}

test.each(['/v1/open', '/v1/gated'])(
  'bodies that never come keep nobody from %s, however many they are',
  async (path) => {
    const heard = await halfSent(path, MOST * 3)
    expect(await buyTwenty(path)).toEqual(new Set([201]))
    // The longest on their way were given up, so that they do not pile up without end.
    const gaveUp = heard()
    expect(new Set(gaveUp)).toEqual(new Set(['408']))
    expect(gaveUp.length).toBeGreaterThanOrEqual(MOST * 2)
    expect(gaveUp.length).toBeLessThan(MOST * 3)
  },
)

test('a body that is still coming has no place behind the gate, and its time is not the service’s', async () => {
  const heard = await halfSent('/v1/gated', 1)
  expect(four.inside()).toBe(0)
  await sleep(300)
  sockets[0]?.write(whole.slice(1))
  await expect.poll(heard).toEqual(['201'])
  expect(four.inside()).toBe(0)
  expect(four.ms).toHaveLength(1)
  // It was on its way for 400 ms.
  expect(four.ms[0]).toBeLessThan(300)
})

test('bodies that come all at once find no more room than others', async () => {
  const heard = await halfSent('/v1/open', 20)
  held = holdUp()
  for (const socket of sockets) socket.write(whole.slice(1))
  await expect.poll(() => heard().length).toBe(16)
  expect(new Set(heard())).toEqual(new Set(['503']))
  held.open()
  await expect.poll(() => heard().filter((status) => status === '201').length).toBe(4)
  held = undefined
  expect(await buy('/v1/open')).toBe(201)
})
