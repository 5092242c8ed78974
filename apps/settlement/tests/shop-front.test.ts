import { shopCodeText } from '@minnaken/qr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTills } from './_money.ts'
import { february, openOffice } from './_run.ts'
import { type Shop, applicationBody, openShop } from './_shop.ts'
import { type Person, type Stage, origins, send, setStage } from './_stage.ts'

let stage: Stage
let shop: Shop
let stranger: Person
beforeAll(async () => {
  stage = await setStage()
  shop = await openShop(stage)
  stranger = await stage.person('shop_owner')
})
afterAll(() => stage.drop())

async function fileFrom(from: Person, path: string) {
  const response = await stage.service.app.request(
    new Request(`http://localhost${path}`, { headers: from.headers }),
  )
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    name: response.headers.get('content-disposition') ?? '',
    bytes: Buffer.from(await response.arrayBuffer()),
  }
}

describe("a shop's printed code", () => {
  const print = (size: string, from = shop.owner, shopId = shop.shopId) =>
    fileFrom(from, `/v1/shops/${shopId}/shop-code.pdf${size}`)

  test.each([
    ['a poster', '', '595.28 841.89'],
    ['a poster, if one is asked for', '?size=a4', '595.28 841.89'],
    ['a sticker', '?size=sticker', '255.11811 340.15748'],
  ])('is %s with its own letters', async (_, size, box) => {
    const { status, type, name, bytes } = await print(size)
    expect([status, type]).toEqual([200, 'application/pdf'])
    expect(name).toContain(shop.shopNo)
    const text = bytes.toString('latin1')
    expect(text).toMatch(/^%PDF-1\.\d/)
    expect(text).toContain(`/MediaBox [0 0 ${box}]`)
    expect(text).toContain('BIZUDPGothic-Bold')
    expect(text).toContain('/FontFile2')
  })

  test('is one sheet, also with the longest name', async () => {
    const long = await openShop(stage, { body: { name: '長'.repeat(60) } })
    for (const size of ['a4', 'sticker']) {
      const { bytes } = await print(`?size=${size}`, long.owner, long.shopId)
      expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1)
    }
  })

  test('is the same bytes each time', async () => {
    expect((await print('')).bytes.equals((await print('')).bytes)).toBe(true)
  })

  test('is for its owner, and for a shop that was accepted', async () => {
    expect((await print('', stranger)).status).toBe(404)
    expect((await print('?size=a3')).status).toBe(400)
    const applied = await send(
      stage.service,
      stranger,
      'POST /v1/shops',
      applicationBody({ name: 'まだの店' }),
    )
    const early = await print('', stranger, String(applied.body['shopId']))
    expect(early.status).toBe(409)
    expect(JSON.parse(early.bytes.toString())).toMatchObject({ code: 'shop_without_code' })
  })

  test('leads to the residents’ app', () => {
    expect(shopCodeText({ origin: origins.resident, shopNo: shop.shopNo })).toMatch(
      /^http:\/\/localhost:8080\/s\/\d{7}$/,
    )
  })
})

describe('what a shop says of itself', () => {
  const path = () => `/v1/shops/${shop.shopId}/profile`
  const said = {
    hours: [
      { day: 0, from: '11:00', until: '26:00' },
      { day: 1, from: '09:00', until: '18:00' },
      { day: 2, from: '09:00', until: '18:00' },
    ],
    closedDays: '第3水曜',
    languages: ['ja', 'en'],
    stepFree: true,
  }

  test('is nothing at first, then what its owner wrote, and then in the list for anyone', async () => {
    expect((await send(stage.service, shop.owner, `GET ${path()}`)).body).toMatchObject({
      hours: [],
      stepFree: false,
    })
    const location = { latitude: '35.7089', longitude: '139.7743' }
    const full = { ...said, website: 'https://shop.example/', location }
    const saved = await send(stage.service, shop.owner, `PUT ${path()}`, full)
    expect(saved).toMatchObject({ status: 200, body: full })
    expect((await send(stage.service, shop.owner, `GET ${path()}`)).body).toEqual(saved.body)
    const open = await send(stage.service, null, 'GET /v1/public/shops')
    const shops = open.body['shops'] as Record<string, unknown>[]
    expect(shops.find(({ shopNo }) => shopNo === shop.shopNo)).toMatchObject({
      hours: [
        { days: [7], from: '11:00', until: '26:00' },
        { days: [1, 2], from: '09:00', until: '18:00' },
      ],
      closedDays: '第3水曜',
      languages: ['ja', 'en'],
      isStepFree: true,
      location: { latitude: 35.7089, longitude: 139.7743 },
      website: 'https://shop.example/',
    })
    await send(stage.service, shop.owner, `PUT ${path()}`, said)
    expect((await send(stage.service, shop.owner, `GET ${path()}`)).body).toMatchObject({
      website: null,
      location: null,
    })
  })

  test.each([
    ['a day that is none', { hours: [{ day: 7, from: '09:00', until: '18:00' }] }],
    ['an end before its beginning', { hours: [{ day: 1, from: '18:00', until: '09:00' }] }],
    ['a time that is none', { hours: [{ day: 1, from: '9:00', until: '18:00' }] }],
    ['a language that no screen has', { languages: ['fr'] }],
    ['an address that runs a script', { website: 'javascript:alert(1)' }],
    ['a place in words', { location: { latitude: 'here', longitude: 'there' } }],
  ])('is not %s', async (_, wrong) => {
    const refused = await send(stage.service, shop.owner, `PUT ${path()}`, { ...said, ...wrong })
    expect(refused.status).toBe(400)
  })

  test('is said by its owner', async () => {
    expect((await send(stage.service, stranger, `PUT ${path()}`, said)).status).toBe(404)
    expect((await send(stage.service, stranger, `GET ${path()}`)).status).toBe(404)
  })
})

describe('a notice', () => {
  test('reaches every shop, and is read once', async () => {
    const clerk = await stage.person('clerk')
    const published = await send(stage.service, clerk, 'POST /v1/notices', {
      title: '換金日のお知らせ',
      text: '2月26日に振り込みます。\nご確認ください。',
    })
    expect(published.status).toBe(201)
    const notices = () => send(stage.service, shop.owner, `GET /v1/shops/${shop.shopId}/notices`)
    const { noticeId } = published.body
    expect((await notices()).body['notices']).toMatchObject([
      { noticeId, title: '換金日のお知らせ', readAt: null },
    ])
    const read = `POST /v1/shops/${shop.shopId}/notices/${String(noticeId)}/read`
    const first = await send(stage.service, shop.owner, read)
    stage.moveTo(stage.now() + 60_000)
    const again = await send(stage.service, shop.owner, read)
    expect(again).toMatchObject({ status: 200, body: first.body })
    expect((await notices()).body['notices']).toMatchObject([first.body])
    const sent = await send(stage.service, clerk, 'GET /v1/notices')
    expect(sent.body['notices']).toMatchObject([{ noticeId, readBy: 1 }])
    expect((await send(stage.service, stranger, read)).status).toBe(404)
    const none = `POST /v1/shops/${shop.shopId}/notices/${shop.shopId}/read`
    expect((await send(stage.service, shop.owner, none)).status).toBe(404)
  })
})

describe('what a shop is paid', () => {
  test('is told before the closing, and after it on paper and as a table', async () => {
    const office = await openOffice(stage)
    const tills = openTills(stage)
    const own = await openShop(stage)
    stage.moveTo('2027-02-10T12:00:00+09:00')
    const purse = await tills.openPurse()
    const payment = await tills.redeem(own, purse, 10_000)
    await tills.voidPayment(payment, 1_000)
    const next = await send(stage.service, own.owner, `GET /v1/shops/${own.shopId}/next-payout`)
    expect(next).toMatchObject({
      status: 200,
      body: {
        ...february,
        payDate: '2027-02-26',
        redemptionsYen: 10_000,
        voidsYen: 1_000,
        carriedInYen: 0,
        feeYen: 0,
        payableYen: 9_000,
        heldReason: null,
      },
    })
    stage.moveTo('2027-02-16T12:00:00+09:00')
    await office.approved(february)
    const list = await send(stage.service, own.owner, `GET /v1/shops/${own.shopId}/statements`)
    const [statement] = list.body['statements'] as Record<string, unknown>[]
    expect(statement).toMatchObject({
      paidYen: 9_000,
      payout: { state: 'instructed', returnReason: null },
    })
    const path = `/v1/shops/${own.shopId}/statements/${String(statement?.['statementNo'])}/file`
    const csv = await fileFrom(own.owner, `${path}.csv`)
    expect(csv.type).toBe('text/csv; charset=utf-8')
    const lines = csv.bytes.toString().trimEnd().split('\r\n').slice(1)
    expect(lines).toHaveLength(2)
    expect(lines.reduce((sum, line) => sum + Number(line.split(',')[7]), 0)).toBe(9_000)
    const pdf = await fileFrom(own.owner, `${path}.pdf`)
    expect(pdf.type).toBe('application/pdf')
    expect(pdf.bytes.equals((await fileFrom(own.owner, `${path}.pdf`)).bytes)).toBe(true)
    for (const kind of ['csv', 'pdf'])
      expect((await fileFrom(shop.owner, `${path}.${kind}`)).status).toBe(404)
    stage.moveTo('2028-02-16T12:00:00+09:00')
    const after = await send(stage.service, own.owner, `GET /v1/shops/${own.shopId}/next-payout`)
    expect(after.status).toBe(404)
  })
})
