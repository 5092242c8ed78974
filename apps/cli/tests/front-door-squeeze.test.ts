import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Doors, openDoors } from '../src/front-door/front-door.ts'
import { longList, longListTag, openServices } from './_services.ts'

let services: Awaited<ReturnType<typeof openServices>>
let doors: Doors
beforeAll(async () => {
  services = await openServices()
  doors = await openDoors({ urls: services.urls, doors: [{ port: 0, pages: new Map() }] })
})
afterAll(async () => {
  await doors.stop()
  await services.stopAll()
})

type Answer = Readonly<{ status: number; headers: Record<string, unknown>; body: Buffer }>

/** An answer as it travels. */
const get = (path: string, headers: Readonly<Record<string, string>>, method = 'GET') =>
  new Promise<Answer>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: doors.ports[0], path, headers, method })
    asked.once('error', reject)
    asked.once('response', (answer) => {
      const { statusCode: status = 0, headers: said } = answer
      void buffer(answer).then((body) => resolve({ status, headers: said, body }))
    })
    asked.end()
  })

const LONG = '/api/v1/shops/long'

test('a long list is squeezed for a browser, and is the same list', async () => {
  const { headers, body } = await get(LONG, { 'accept-encoding': 'gzip, deflate, br' })
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
  expect(headers['content-length']).toBeUndefined()
  expect(body.byteLength).toBeLessThan(JSON.stringify(longList).length / 4)
  expect(JSON.parse(gunzipSync(body).toString())).toEqual(longList)
})

test('a long list that a phone has already is not sent to it again', async () => {
  const accepted = { 'accept-encoding': 'gzip, deflate, br' }
  const first = await get(LONG, accepted)
  const etag = String(first.headers['etag'])
  expect([etag, first.headers['cache-control']]).toEqual([longListTag, 'no-cache'])
  const again = await get(LONG, { ...accepted, 'if-none-match': etag })
  expect([again.status, again.body.byteLength]).toEqual([304, 0])
  expect(again.headers).toMatchObject({ etag: longListTag, 'cache-control': 'no-cache' })
  expect(again.headers['content-encoding']).toBeUndefined()
  const other = await get(LONG, { ...accepted, 'if-none-match': 'W/"499-shops"' })
  expect([other.status, other.headers['content-encoding']]).toEqual([200, 'gzip'])
})

test.each<[string, string, Record<string, string>]>([
  ['a long list for a program that cannot read it squeezed', LONG, {}],
  ['a long list for one that refuses', LONG, { 'accept-encoding': 'br;q=1, gzip;q=0' }],
  ['a short answer', '/api/v1/campaigns', { 'accept-encoding': 'gzip' }],
])('%s goes through as it comes', async (_, path, accepted) => {
  const { headers, body } = await get(path, accepted)
  expect(headers['content-encoding']).toBeUndefined()
  expect(headers['content-length']).toBe(String(body.byteLength))
})
