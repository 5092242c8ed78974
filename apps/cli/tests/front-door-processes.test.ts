import { rm } from 'node:fs/promises'
import { getPriority } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDoors } from '../src/front-door/door-processes.ts'
import { dataFolder } from '../src/platform/data-folder.ts'
import { openServices } from './_services.ts'

const logFolder = `door-logs-${process.pid}`

let services: Awaited<ReturnType<typeof openServices>>
let doors: Awaited<ReturnType<typeof startDoors>>
beforeAll(async () => {
  services = await openServices()
  doors = await open()
})
afterAll(async () => {
  await doors.stop()
  await services.stopAll()
  await rm(join(dataFolder, logFolder), { recursive: true })
})

const open = () =>
  startDoors({
    urls: services.urls,
    doors: [
      { name: 'resident', port: 0, pages: null },
      { name: 'shop', port: 0, pages: null },
      { name: 'staff', port: 0, pages: null },
    ],
    logFolder,
  })

const pidOf = (name: string): number => doors.children.get(name)?.pid ?? 0

const statusAt = async (name: string, path: string): Promise<number> =>
  (await fetch(`${doors.urls[name]}${path}`, { signal: AbortSignal.timeout(5_000) })).status

test('while nothing moves at the residents’ door, a till pays through its own', async () => {
  expect(await statusAt('door-resident', '/healthz')).toBe(200)
  process.kill(pidOf('door-resident'), 'SIGSTOP')
  process.kill(pidOf('door-staff'), 'SIGSTOP')
  try {
    const paid = await fetch(`${doors.urls['door-shop']}/api/v1/redemptions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"code":"x"}',
      signal: AbortSignal.timeout(5_000),
    })
    expect(paid.status).toBe(200)
    expect(services.heard.at(-1)).toMatchObject({ service: 'redemption', body: '{"code":"x"}' })
  } finally {
    process.kill(pidOf('door-resident'), 'SIGCONT')
    process.kill(pidOf('door-staff'), 'SIGCONT')
  }
  expect(await statusAt('door-resident', '/api/v1/campaigns')).toBe(200)
})

test('the doors of residents and staff step back behind that of the shops', () => {
  const nicenessOf = (name: string) => getPriority(pidOf(name)) - getPriority()
  expect(nicenessOf('door-shop')).toBe(0)
  for (const name of ['door-resident', 'door-staff']) expect(nicenessOf(name)).toBeGreaterThan(0)
})

test('a door that ends by itself is told of, and all end when they are stopped', async () => {
  const others = await open()
  others.children.get('door-shop')?.kill('SIGKILL')
  expect(await others.ended).toEqual({ name: 'door-shop', code: null })
  await others.stop()
  for (const child of others.children.values())
    expect([child.exitCode, child.signalCode]).not.toEqual([null, null])
  await expect(fetch(`${others.urls['door-staff']}/healthz`)).rejects.toThrow('fetch failed')
})

test('a door whose port is taken fails the start, and none of the others is left', async () => {
  const port = Number(new URL(doors.urls['door-shop'] ?? '').port)
  const plans = [
    { name: 'resident', port: 0, pages: null },
    { name: 'shop', port, pages: null },
  ] as const
  await expect(startDoors({ urls: services.urls, doors: plans, logFolder })).rejects.toThrow(
    /^door-shop .*ended by itself/,
  )
})
