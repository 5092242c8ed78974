import { createServer } from 'node:http'
import { createConnection } from 'node:net'
import { text } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { openDoors } from '../src/doors.ts'

const ask = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'

test.runIf(process.platform === 'linux')(
  'of many who come while the process is busy several are let in at a time',
  async () => {
    const server = createServer()
    const letIn: unknown[] = []
    server.on('connection', (socket) => letIn.push(socket))
    const doors = await openDoors(server, { port: 0, host: '127.0.0.1' })
    const everybody = new Int32Array(new SharedArrayBuffer(4))
    const worker = new Worker(
      `const { createConnection } = require('node:net')
       const { workerData: { port, everybody } } = require('node:worker_threads')
       let there = 0
       for (let n = 0; n < 200; n++)
         createConnection(port, '127.0.0.1').once('connect', () => {
           if (++there < 200) return
           Atomics.store(everybody, 0, 1)
           Atomics.notify(everybody, 0)
         })`,
      { eval: true, workerData: { port: doors.port, everybody } },
    )
    // Nobody is let in before all are there.
    expect(Atomics.wait(everybody, 0, 0, 20_000)).not.toBe('timed-out')
    let turns = 0
    for (; letIn.length < 200; turns++) await nextTurn()
    expect(turns).toBeLessThan(100)
    await worker.terminate()
    server.closeAllConnections()
    await doors.close()
  },
)

test('everyone is answered, by whichever door they came', async () => {
  const server = createServer((_, outgoing) => setTimeout(() => outgoing.end('heard'), 20))
  const doors = await openDoors(server, { port: 0, host: '127.0.0.1' })
  const answers = Array.from({ length: 60 }, async () => {
    const socket = createConnection(doors.port, '127.0.0.1')
    socket.write(ask)
    return (await text(socket)).endsWith('heard')
  })
  expect(new Set(await Promise.all(answers))).toEqual(new Set([true]))
  await doors.close()
})

test('closed doors let nobody in', async () => {
  const doors = await openDoors(createServer(), { port: 0, host: '127.0.0.1' })
  await doors.close()
  const refused = Array.from(
    { length: 40 },
    () =>
      new Promise((resolve) => {
        createConnection(doors.port, '127.0.0.1').once('error', () => resolve('refused'))
      }),
  )
  expect(new Set(await Promise.all(refused))).toEqual(new Set(['refused']))
})

test.runIf(process.platform === 'linux')(
  'of two who start together on one port one has it, and the other is told',
  async () => {
    // The second begins at each step of the first, so that no gap between two of them is missed.
    for (let steps = 0; steps < 12; steps++) {
      const spare = await openDoors(createServer(), { port: 0, host: '127.0.0.1' })
      await spare.close()
      const open = () => openDoors(createServer(), { port: spare.port, host: '127.0.0.1' })
      const first = open()
      for (let n = 0; n < steps; n++)
        await new Promise<void>((resolve) => process.nextTick(resolve))
      const both = await Promise.allSettled([first, open()])
      const opened = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      expect([steps, opened.length]).toEqual([steps, 1])
      expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'EADDRINUSE' },
      })
      await Promise.all(opened.map((doors) => doors.close()))
    }
  },
)
