import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Doors, openDoors } from '../src/front-door/front-door.ts'
import { openServices } from './_services.ts'

let services: Awaited<ReturnType<typeof openServices>>
let doors: Doors
beforeAll(async () => {
  services = await openServices()
  const door = { port: 0, pages: new Map() }
  doors = await openDoors({ urls: services.urls, doors: [door], atOnceMax: 2 })
})
afterAll(async () => {
  await doors.stop()
  await services.stopAll()
})

const get = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${doors.ports[0]}/api${path}`, init)

test('more than a door may have at one service are told at once, and other services are reached', async () => {
  const leaving = new AbortController()
  const { signal } = leaving
  const held = [get('/v1/slow', { signal }), get('/v1/slow', { signal })].map((asked) =>
    asked.catch(() => 'left'),
  )
  // Nobody else asks before they are there: they would take the room of one of them.
  await wait(300)
  const refused = await get('/v1/campaigns')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
  expect(await refused.json()).toMatchObject({ code: 'busy', retryable: true })
  expect((await get('/v1/redemptions', { method: 'POST', body: '{}' })).status).toBe(200)
  leaving.abort()
  await Promise.all(held)
  while ((await get('/v1/campaigns')).status !== 200) await wait(5)
})

test('those who only listen take nobody’s room', async () => {
  const leaving = new AbortController()
  const { signal } = leaving
  for (let listeners = 0; listeners < 3; listeners++)
    expect((await get('/v1/live', { signal })).status).toBe(200)
  expect((await get('/v1/redemptions', { method: 'POST', body: '{}' })).status).toBe(200)
  leaving.abort()
})
