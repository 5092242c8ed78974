import { readFile } from 'node:fs/promises'
import { photoLimits } from '@minnaken/domain'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Shop, applicationBody, openShop } from './_shop.ts'
import { type Person, type Stage, send, setStage } from './_stage.ts'

const photo = await readFile(new URL('./_shop-front.jpg', import.meta.url))
/** The same picture by other bytes: another photo, as far as a service can tell. */
const other = Buffer.concat([
  photo.subarray(0, 13),
  Uint8Array.of(1, 0, 72, 0, 72),
  photo.subarray(18),
])
const exif = Buffer.from('ffe10010457869660000474b53204c617469', 'hex')

let stage: Stage
let shop: Shop
let stranger: Person
let clerk: Person
beforeAll(async () => {
  stage = await setStage()
  shop = await openShop(stage)
  stranger = await stage.person('shop_owner')
  clerk = await stage.person('clerk')
})
afterAll(() => stage.drop())

/** Sends bytes as the screen does. */
async function put(bytes: Uint8Array<ArrayBuffer>, from = shop.owner, shopId = shop.shopId) {
  const response = await stage.service.app.request(
    new Request(`http://localhost/v1/shops/${shopId}/photo`, {
      method: 'PUT',
      headers: { 'content-type': 'image/jpeg', ...from.headers },
      body: bytes,
    }),
  )
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const saved = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  const { status, body } = await put(bytes)
  expect(status).toBe(200)
  return String(body['photoId'])
}

const addressOf = (photoId: string): string => `/v1/public/shop-photos/${photoId}`

const get = (photoId: string, headers: Record<string, string> = {}) =>
  stage.service.app.request(new Request(`http://localhost${addressOf(photoId)}`, { headers }))

/** What the owner, the federation and anyone are told of the photo. */
async function shownTo() {
  const mine = await send(stage.service, shop.owner, 'GET /v1/shops/mine')
  const all = await send(stage.service, clerk, 'GET /v1/shops')
  const open = await send(stage.service, null, 'GET /v1/public/shops')
  return [mine, all, open].map(({ body }) => {
    const shops = body['shops'] as Record<string, unknown>[]
    return shops.find(({ shopNo }) => shopNo === shop.shopNo)?.['photoId'] ?? null
  })
}

describe('the photo of a shop', () => {
  test('is none at first, then what its owner sent, for everyone who asks', async () => {
    expect(await shownTo()).toEqual([null, null, null])
    const photoId = await saved(photo)
    expect(await shownTo()).toEqual([photoId, photoId, photoId])
    const shown = await get(photoId)
    expect(shown.status).toBe(200)
    expect(Buffer.from(await shown.arrayBuffer()).equals(photo)).toBe(true)
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'same-origin',
      etag: `W/"${photoId}"`,
    })
    expect(shown.headers.get('content-disposition')).toBeNull()
  })

  test('is not sent again to whoever has it', async () => {
    const photoId = await saved(photo)
    const again = await get(photoId, { 'if-none-match': `W/"${photoId}"` })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect(again.headers.get('cache-control')).toContain('immutable')
    expect((await get(photoId, { 'if-none-match': `W/"${shop.shopId}"` })).status).toBe(200)
  })

  test('sent twice is the same photo, and another one is at another address', async () => {
    const first = await saved(photo)
    stage.moveTo(stage.now() + 60_000)
    expect(await saved(photo)).toBe(first)
    const second = await saved(other)
    expect(second).not.toBe(first)
    expect((await get(first)).status).toBe(404)
    expect(Buffer.from(await (await get(second)).arrayBuffer()).equals(other)).toBe(true)
  })

  test('sent many times at once is one photo', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => put(photo)))
    expect(
      new Set(answers.map(({ status, body }) => `${status} ${String(body['photoId'])}`)),
    ).toEqual(new Set([`200 ${await saved(photo)}`]))
  })

  test('goes when its owner removes it, however often', async () => {
    const photoId = await saved(photo)
    for (let times = 1; times <= 2; times += 1) {
      const gone = await send(stage.service, shop.owner, `DELETE /v1/shops/${shop.shopId}/photo`)
      expect(gone).toMatchObject({ status: 200, body: { photoId: null } })
    }
    expect((await get(photoId)).status).toBe(404)
    expect(await shownTo()).toEqual([null, null, null])
  })

  test('is its owner’s alone', async () => {
    const photoId = await saved(photo)
    expect((await put(other, stranger)).status).toBe(404)
    const remove = `DELETE /v1/shops/${shop.shopId}/photo`
    expect((await send(stage.service, stranger, remove)).status).toBe(404)
    expect(await shownTo()).toEqual([photoId, photoId, photoId])
  })

  test('is shown of accepted shops alone, so that nobody else puts pictures here', async () => {
    const applied = await send(stage.service, stranger, 'POST /v1/shops', applicationBody())
    const early = await put(photo, stranger, String(applied.body['shopId']))
    expect(early).toMatchObject({ status: 409, body: { code: 'shop_wrong_state' } })

    const leaver = await openShop(stage)
    const { body } = await put(photo, leaver.owner, leaver.shopId)
    const photoId = String(body['photoId'])
    expect((await get(photoId)).status).toBe(200)
    const leave = `POST /v1/shops/${leaver.shopId}/leave`
    expect((await send(stage.service, clerk, leave, { reason: '閉店' })).status).toBe(200)
    expect((await get(photoId)).status).toBe(404)
  })
})

describe('a photo is refused', () => {
  const withPlace = Buffer.concat([photo.subarray(0, 2), exif, photo.subarray(2)])
  const sizeAt = photo.indexOf(Buffer.from('ffc0', 'hex')) + 5
  const huge = Buffer.concat([
    photo.subarray(0, sizeAt),
    Uint8Array.of(0x0f, 0xc0),
    photo.subarray(sizeAt + 2),
  ])
  test.each([
    ['that says where it was taken', withPlace, 422, 'photo_says_more'],
    ['with something behind its end', Buffer.concat([photo, exif]), 422, 'photo_says_more'],
    ['that is none', Buffer.from('<!doctype html>'), 422, 'photo_not_jpeg'],
    ['of no bytes', Buffer.alloc(0), 422, 'photo_not_jpeg'],
    ['of 4,032 pixels', huge, 422, 'photo_wrong_size'],
    ['of too many bytes', Buffer.alloc(photoLimits.bytesMax + 1), 413, 'body_too_large'],
  ])('%s, and the one before stays', async (_, bytes, status, code) => {
    const photoId = await saved(photo)
    expect(await put(bytes)).toMatchObject({ status, body: { code } })
    expect(await shownTo()).toEqual([photoId, photoId, photoId])
  })

  test('by PostgreSQL too, where it is too big', async () => {
    const { db } = stage.service.deps
    const big = { jpeg: Buffer.alloc(photoLimits.bytesMax + 1) }
    await saved(photo)
    await expect(db.updateTable('shop.photo').set(big).execute()).rejects.toThrow('check')
  })
})

describe('an unfit photo', () => {
  const reject = (photoId: string, from: Person = clerk, shopId = shop.shopId) =>
    send(stage.service, from, `POST /v1/shops/${shopId}/photo/removal`, {
      photoId,
      reason: '店ではなく人が写っている',
    })
  const changes = () =>
    stage.owner
      .selectFrom('shop.shop_change')
      .select(['change', 'reason', 'changed_by'])
      .where('shop_id', '=', shop.shopId)
      .where('change', '=', 'remove_photo')
      .execute()
  const noticesOf = async ({ owner, shopId }: Shop) =>
    (await send(stage.service, owner, `GET /v1/shops/${shopId}/notices`)).body['notices'] as Record<
      string,
      unknown
    >[]

  test('is taken away by the federation: the reason is kept, and its owner is told it, once', async () => {
    const photoId = await saved(photo)
    for (let times = 1; times <= 2; times += 1)
      expect(await reject(photoId)).toMatchObject({ status: 200, body: { photoId: null } })
    expect((await get(photoId)).status).toBe(404)
    expect(await shownTo()).toEqual([null, null, null])
    const reason = '店ではなく人が写っている'
    expect(await changes()).toEqual([
      { change: 'remove_photo', reason, changed_by: clerk.accountId },
    ])
    const [notice, ...more] = await noticesOf(shop)
    expect(more).toEqual([])
    expect(notice).toMatchObject({ title: '店の写真を取り下げました', readAt: null })
    expect(notice?.['text']).toContain(reason)
  })

  test('is told to no other shop, and nobody else can read it', async () => {
    const neighbour = await openShop(stage)
    expect(await noticesOf(neighbour)).toEqual([])
    const [notice] = await noticesOf(shop)
    const read = (at: Shop) =>
      send(
        stage.service,
        at.owner,
        `POST /v1/shops/${at.shopId}/notices/${String(notice?.['noticeId'])}/read`,
      )
    expect((await read(neighbour)).status).toBe(404)
    expect((await read(shop)).status).toBe(200)
    const sent = await send(stage.service, clerk, 'GET /v1/notices')
    expect(sent.body['notices']).toEqual([])
  })

  test('is the one that was looked at: a later one stays, and nothing is told', async () => {
    const looked = await saved(photo)
    const later = await saved(other)
    const before = (await changes()).length
    expect(await reject(looked)).toMatchObject({ status: 200, body: { photoId: later } })
    expect((await get(later)).status).toBe(200)
    expect(await changes()).toHaveLength(before)
    expect((await reject(later, clerk, stage.newId())).status).toBe(404)
  })

  test('is not taken away without a reason', async () => {
    const photoId = await saved(photo)
    const path = `POST /v1/shops/${shop.shopId}/photo/removal`
    expect((await send(stage.service, clerk, path, { photoId })).status).toBe(400)
    expect((await get(photoId)).status).toBe(200)
  })
})
