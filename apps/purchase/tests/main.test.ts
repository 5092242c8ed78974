import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { getPriority } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { testDatabase, type TestDatabase } from '@minnaken/db/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** The service as a process of its own, up to the line in which it says where it listens. */
async function start(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      DATABASE_URL: database.urlFor('purchase'),
      MINNAKEN_SANDBOX: '1',
      PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const lines = createInterface({ input: child.stdout ?? process.stdin })
  const heard: string[] = []
  lines.on('line', (line) => heard.push(line))
  const [message] = (await once(child, 'message')) as [{ kind: string; url: string }]
  return {
    child,
    message,
    heard,
    ask: async (path: string, init?: RequestInit) => {
      const response = await fetch(`${message.url}${path}`, init)
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    },
    end: async () => {
      child.kill('SIGTERM')
      const [code] = (await once(child, 'exit')) as [number | null]
      return code
    },
  }
}

test('the service says where it listens, is ready, and ends in order', async () => {
  const service = await start({})
  expect(service.message).toEqual({
    kind: 'listening',
    service: 'purchase',
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  })
  expect(await service.ask('/readyz')).toMatchObject({ status: 200 })
  expect((await service.ask('/openapi.json')).body).toMatchObject({ openapi: '3.1.0' })
  expect((await service.ask('/v1/campaigns')).body).toMatchObject({ campaigns: [] })
  expect((await service.ask('/v1/admission')).body).toEqual({ state: 'open' })
  const { url } = service.message
  const metrics = await (await fetch(`${url}/metrics`)).text()
  expect(metrics).toMatch(/^minnaken_pool_connections\{service="purchase"\} [1-4]$/m)
  expect(metrics).toMatch(/^minnaken_admission_waiting\{service="purchase"\} 0$/m)
  expect(metrics).toMatch(/^process_resident_memory_bytes\{service="purchase"\} \d+$/m)
  expect(await service.end()).toBe(0)
  expect(service.heard).toContain(JSON.stringify({ service: 'purchase', url }))
})

test('the service steps back behind the tills of the same machine', async () => {
  const service = await start({})
  expect(getPriority(service.child.pid)).toBeGreaterThan(getPriority())
  expect(await service.end()).toBe(0)
})

test('a moved clock is named, and moves when it is told to', async () => {
  const service = await start({ MINNAKEN_CLOCK: 'moved' })
  const moved = once(service.child, 'message')
  service.child.send({ kind: 'clock', offsetMs: 86_400_000 })
  expect((await moved)[0]).toEqual({ kind: 'clock_moved', offsetMs: 86_400_000 })
  const headers = { origin: 'http://localhost:8080' }
  const { body } = await service.ask('/v1/sessions/options', { method: 'POST', headers })
  // An id holds when it was made.
  const madeAt = Number.parseInt(String(body['challengeId']).replace('-', '').slice(0, 12), 16)
  const ahead = madeAt - Date.now()
  expect(Math.abs(ahead - 86_400_000)).toBeLessThan(5_000)
  const ready = await service.ask('/readyz')
  expect(ready).toMatchObject({ status: 200, body: { checks: { clock: { ok: true } } } })
  expect(await service.end()).toBe(0)
})

test('without a payment company the service starts only when the sandbox is asked for', async () => {
  const { code, said } = await failToStart({})
  expect(code).not.toBe(0)
  expect(said).toContain('MINNAKEN_SANDBOX=1')
})

test.each(['MINNAKEN_ADMISSION_SECRET', 'MINNAKEN_SANDBOX_SECRET'])(
  'a secret that could be guessed stops the start, and one that is empty is none: %s',
  async (name) => {
    const { code, said } = await failToStart({ MINNAKEN_SANDBOX: '1', [name]: 'canary' })
    expect(code).not.toBe(0)
    expect(said).toContain(`${name}: 16 to 512`)
    expect(said).not.toContain('canary')
    const service = await start({ [name]: '' })
    expect((await service.ask('/readyz')).status).toBe(200)
    expect(await service.end()).toBe(0)
  },
)

async function failToStart(given: Readonly<Record<string, string>>) {
  const { MINNAKEN_SANDBOX: _asked, ...env } = process.env
  const child = spawn(process.execPath, [main], {
    env: { ...env, DATABASE_URL: database.urlFor('purchase'), PORT: '0', ...given },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 20_000,
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}
