import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { serve } from '../src/index.ts'
import { gate, post, problemOf, testService } from './_service.ts'
import { tell } from './_wire.ts'

test('a declared route answers over a socket, and a broken body is told its field and rule', async () => {
  const { service } = testService()
  const running = await serve(service, { port: 0, noticeMs: 0 })
  const good = await fetch(`${running.url}/v1/payments`, post('{"amountYen":100}'))
  expect([good.status, await good.json()]).toEqual([201, { amountYen: 100 }])
  const bad = await problemOf(await fetch(`${running.url}/v1/payments`, post('{"amountYen":1e2}')))
  expect(bad).toMatchObject({ code: 'invalid_field', faults: [{ field: 'amountYen' }] })
  await running.drain()
})

test('a request that announces no body has none, whatever its method', async () => {
  const running = await serve(testService().service, { port: 0, noticeMs: 0 })
  const head = 'POST /v1/closings HTTP/1.1\r\nHost: a\r\nConnection: close\r\n'
  const { status } = await tell(
    running.port,
    [`${head}Authorization: Bearer clerk-c\r\nIdempotency-Key: k\r\n\r\n`],
    10_000,
  )
  expect(status).toBe(200)
  await running.drain()
})

test('a port that is taken is an error, not a silence', async () => {
  const first = await serve(testService().service, { port: 0, noticeMs: 0 })
  await expect(serve(testService().service, { port: first.port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
  await first.drain()
})

test('of a crowd so many are begun each time around the loop, so that those inside go on', async () => {
  let turn = 0
  let next = setImmediate(function goRound() {
    turn += 1
    next = setImmediate(goRound)
  })
  const begunIn = new Map<number, number>()
  const { service } = testService({
    work: async () => {
      begunIn.set(turn, (begunIn.get(turn) ?? 0) + 1)
    },
  })
  const running = await serve(service, { port: 0, noticeMs: 0, perRound: 2 })
  const socket = connect(running.port, '127.0.0.1')
  socket.write('POST /v1/slow HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n'.repeat(20))
  const begun = () => [...begunIn.values()].reduce((sum, count) => sum + count, 0)
  while (begun() < 20) await sleep(5)
  clearImmediate(next)
  expect(Math.max(...begunIn.values())).toBeLessThanOrEqual(2)
  socket.destroy()
  await running.drain()
})

test('of a crowd those for whom there is no room outside are told, and nothing is done for them', async () => {
  let begun = 0
  const { service } = testService({
    work: async () => {
      begun += 1
    },
  })
  const running = await serve(service, { port: 0, noticeMs: 0, perRound: 2, outsideMax: 3 })
  const socket = connect(running.port, '127.0.0.1')
  let heard = ''
  socket.on('data', (bytes: Buffer) => (heard += bytes.toString()))
  socket.write('POST /v1/slow HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n'.repeat(20))
  const count = (what: RegExp): number => heard.match(what)?.length ?? 0
  await expect.poll(() => count(/HTTP\/1.1 /g)).toBe(20)
  const busy = count(/HTTP\/1.1 503 /g)
  expect(busy).toBeGreaterThan(0)
  expect(begun).toBe(20 - busy)
  expect(count(/^retry-after: [12]\r$/gim)).toBe(busy)
  expect(count(/"code":"busy"/g)).toBe(busy)
  socket.destroy()
  await running.drain()
})

test('a caller who sends too slowly is told so, and its handler never runs', async () => {
  const { service, seen } = testService()
  const limits = { headersMs: 300, requestMs: 300, noticeMs: 0 }
  const running = await serve(service, { port: 0, ...limits })
  const head = 'POST /v1/payments HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n'
  const slow = await Promise.all([
    tell(running.port, [head], 10_000),
    tell(running.port, [`${head}Content-Length: 15\r\n\r\n{"amount`], 10_000),
  ])
  for (const { status, isClosed, headers, body } of slow) {
    expect([status, isClosed, headers.get('x-content-type-options')]).toEqual([
      408,
      true,
      'nosniff',
    ])
    expect(JSON.parse(body)).toMatchObject({ code: 'request_timeout' })
  }
  expect(seen).toEqual([])
  await running.drain()
})

/** One client that keeps its connection, as a till or a load balancer does. */
function client(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return (path: string, method = 'GET') =>
    new Promise<{ status: number; connection: string | undefined }>((resolve, reject) => {
      const sent = request({ agent, host: '127.0.0.1', port, path, method }, (response) => {
        response.resume()
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            connection: response.headers.connection,
          }),
        )
      })
      sent.on('error', reject)
      sent.end()
    })
}

const codeOf = (error: unknown): unknown => Reflect.get(Object(error), 'code')

describe('drain', () => {
  test('finishes what is in flight, says no at /readyz at once, and lets nobody new in', async () => {
    const { work, begun, open } = gate()
    const { service } = testService({ work })
    const running = await serve(service, { port: 0, noticeMs: 1_000 })
    const slow = client(running.port)('/v1/slow', 'POST')
    await begun

    let isDrained = false
    const drained = running.drain().then(() => {
      isDrained = true
    })
    expect(await client(running.port)('/readyz')).toEqual({ status: 503, connection: 'close' })
    expect(await client(running.port)('/healthz')).toEqual({ status: 200, connection: 'close' })
    const newcomer = () => client(running.port)('/healthz').then(() => 'let in', codeOf)
    await expect.poll(newcomer, { timeout: 5_000 }).toBe('ECONNREFUSED')
    expect(isDrained).toBe(false)

    open()
    expect(await slow).toEqual({ status: 200, connection: 'close' })
    await drained
    await running.drain()
  })

  test('under load drops no request that it took: 40 clients until they are told to leave', async () => {
    const { service } = testService({ work: () => sleep(1) })
    const running = await serve(service, { port: 0, noticeMs: 500 })
    const told: number[] = []
    const leaving = new AbortController()
    const load = Array.from({ length: 40 }, async () => {
      const ask = client(running.port)
      while (!leaving.signal.aborted) told.push((await ask('/v1/slow', 'POST')).status)
    })
    const balancer = (async () => {
      for (const ask = client(running.port); (await ask('/readyz')).status === 200;) await sleep(10)
      leaving.abort()
    })()
    await expect.poll(() => told.length, { timeout: 20_000 }).toBeGreaterThan(400)
    await Promise.all([running.drain(), balancer, ...load])
    expect(told.filter((status) => status !== 200)).toEqual([])
  })

  test('does not wait for connections on which nothing was asked', async () => {
    const running = await serve(testService().service, { port: 0, noticeMs: 0 })
    const silent = tell(running.port, [], 20_000)
    const begun = tell(running.port, ['GET /healthz HT'], 20_000)
    await client(running.port)('/healthz')
    const started = performance.now()
    await running.drain()
    expect(performance.now() - started).toBeLessThan(5_000)
    expect((await silent).isClosed && (await begun).isClosed).toBe(true)
  })

  test('cuts off what does not finish in time, and says how many', async () => {
    const { work, begun } = gate()
    const { service, lines } = testService({ work })
    const running = await serve(service, { port: 0, noticeMs: 0, drainMs: 200 })
    const slow = client(running.port)('/v1/slow', 'POST').catch(codeOf)
    await begun
    await running.drain()
    expect(await slow).toBe('ECONNRESET')
    expect(lines.join('')).toContain('"cutOff":1')
  })
})

/** Starts a process whose slow route takes `slowMs`, and asks it for that. */
async function busyProcess(slowMs: number) {
  const child = fork(new URL('_process.ts', import.meta.url), [String(slowMs)], { silent: true })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()))
  const ended = { close: once(child, 'close'), exit: once(child, 'exit') }
  const [url] = await once(child, 'message')
  const begun = once(child, 'message')
  const slow = fetch(`${url}/v1/slow`, { method: 'POST' }).then(
    ({ status }) => status,
    () => 'cut off',
  )
  await begun
  const end = async (event: keyof typeof ended = 'close') => {
    const [code] = await ended[event]
    return { code, slow: await slow, output: output.join('') }
  }
  return { child, end }
}

describe('a process', () => {
  test.each<NodeJS.Signals>(['SIGTERM', 'SIGINT'])(
    'that is sent %s finishes its work, closes and ends with 0',
    async (signal) => {
      const { child, end } = await busyProcess(500)
      child.kill(signal)
      const { code, slow, output } = await end()
      expect([code, slow]).toEqual([0, 200])
      expect(output).toMatch(/"cutOff":0[\s\S]*closed the pools/)
    },
  )

  test.each(['throw', 'reject'])(
    'in which something breaks (%s) logs where, finishes its work and ends with 1',
    async (how) => {
      const { child, end } = await busyProcess(500)
      child.send(how)
      const { code, slow, output } = await end()
      expect([code, slow]).toEqual([1, 200])
      expect(output).toMatch(
        /"while":"uncaught","error":\{"name":"Error","at":\["at .*_process\.ts/,
      )
      expect(output).toContain('closed the pools')
      expect(output).not.toContain('CANARY')
    },
  )

  test('that hears one wish twice, from the terminal and from its starter, still finishes its work', async () => {
    const { child, end } = await busyProcess(500)
    child.kill('SIGINT')
    child.kill('SIGTERM')
    await sleep(100)
    child.kill('SIGINT')
    const { code, slow, output } = await end()
    expect([code, slow]).toEqual([0, 200])
    expect(output).toContain('closed the pools')
  })

  test('that is told the same again a second later ends at once', async () => {
    const { child, end } = await busyProcess(60_000)
    child.kill('SIGTERM')
    await sleep(1_200)
    child.kill('SIGTERM')
    const { code, slow, output } = await end()
    expect([code, slow]).toEqual([1, 'cut off'])
    expect(output).not.toContain('closed the pools')
  })

  test('whose starter is gone finishes its work and ends', async () => {
    const { child, end } = await busyProcess(500)
    child.disconnect()
    // Node never tells `close` of a child whose channel was given up on this side.
    const { code, slow } = await end('exit')
    expect([code, slow]).toEqual([0, 200])
  })
})
