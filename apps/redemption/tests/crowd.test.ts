import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MainProcess, startMain } from './_main.ts'
import { type Stage, setStage } from './_stage.ts'

let stage: Stage
let main: MainProcess
beforeAll(async () => {
  stage = await setStage({ buckets: 1 })
  main = await startMain({ DATABASE_URL: stage.database.urlFor('redemption') })
})
afterAll(async () => {
  await main.stop()
  await stage.drop()
})

/** Sends so many requests at once over one connection; what they are told is in the same order. */
async function sendAll(requests: readonly string[]): Promise<readonly string[]> {
  const { hostname, port } = new URL(main.url)
  const socket = connect(Number(port), hostname)
  let heard = ''
  socket.on('data', (bytes: Buffer) => (heard += bytes.toString()))
  socket.write(requests.map((line) => `${line} HTTP/1.1\r\nHost: a\r\n\r\n`).join(''))
  const statuses = () => heard.match(/(?<=HTTP\/1.1 )\d+/g) ?? []
  await expect.poll(() => statuses().length, { timeout: 30_000 }).toBe(requests.length)
  socket.destroy()
  return statuses()
}

/** More than can wait, and no more than comes in one piece. */
const many = (request: string): string[] => Array.from({ length: 1_300 }, () => request)

async function refusedPayments(): Promise<number> {
  const text = await (await fetch(`${main.url}/metrics`)).text()
  const name = 'minnaken_redemption_busy_total{why="crowd"'
  const line = text.split('\n').find((it) => it.startsWith(name))
  return Number(line?.split(' ').at(-1))
}

test('tills are heard while more phones come than can wait', async () => {
  const paying = Array.from({ length: 20 }, () => 'POST /v1/redemptions')
  const told = await sendAll([...many('GET /v1/codes/live'), ...paying])
  expect(told.slice(0, -20)).toContain('503')
  // Nobody is signed in: whoever is told so was heard.
  expect(told.slice(-20)).toEqual(paying.map(() => '401'))
  expect(await refusedPayments()).toBe(0)
})

test.each(['POST /v1/redemptions', 'POST /v1/payments'])(
  'more of %s than can wait are told to come again, and counted',
  async (payment) => {
    const before = await refusedPayments()
    const told = await sendAll(many(payment))
    const busy = told.filter((status) => status === '503').length
    expect(busy).toBeGreaterThan(0)
    expect((await refusedPayments()) - before).toBe(busy)
  },
)
