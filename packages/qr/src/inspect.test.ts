import { describe, expect, test } from 'vitest'
import { crcOf } from './emvco-fields.ts'
import { inspectCode } from './inspect.ts'
import { signPaymentCode } from './payment-code.ts'
import { paymentNumberOf } from './payment-number.ts'

const origin = 'https://ken.example'
const inspect = (text: string) => inspectCode(text, { origin })
const rulesOf = (text: string) => inspect(text).faults.map(({ rule }) => rule)

const emvco =
  '00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN' +
  '5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.72530315655020162330304' +
  '12340603***0708A60086670902ME91320016A0112233449988770708123456786304A13A'
const jpqr =
  '0002016003xxx01021129300012D156000000000510A93FO3230Q31280012D156000000010308123456782668' +
  '0019jp.or.paymentsjapan01130000000000001020400010306000001040600000153033925903xxx6418' +
  '0002JA0108メルペイ カフェ520441115802JP610710661436304DEE9'

/** The same text with a checksum that is right. */
const sealed = (text: string): string => `${text.slice(0, -4)}${crcOf(text.slice(0, -4))}`

test.each([
  ['123456789', '29B1'],
  ['', 'FFFF'],
])('the checksum of "%s" is %s', (text, crc) => {
  expect(crcOf(text)).toBe(crc)
})

describe('a code that a shop shows', () => {
  test("EMVCo's own example is valid, and another company's", () => {
    expect(inspect(emvco)).toMatchObject({
      kind: 'emvco_mpm',
      ours: false,
      valid: true,
      faults: [],
      fields: {
        use: 'dynamic',
        schemes: [
          { id: '29', scheme: 'D15600000000' },
          { id: '31', scheme: 'D15600000001' },
        ],
        currency: '156',
        amount: '23.72',
        country: 'CN',
        name: 'BEST TRANSPORT',
        city: 'BEIJING',
        language: 'ZH',
        localName: '最佳运输',
      },
    })
  })

  test('a JPQR code is valid and says which shop of which company it is', () => {
    expect(inspect(jpqr)).toMatchObject({
      kind: 'jpqr',
      ours: false,
      valid: true,
      fields: {
        use: 'static',
        localName: 'メルペイ カフェ',
        store: ['0000000000001', '0001', '000001', '000001'],
      },
    })
  })

  test.each([
    ['a digit of its amount is changed', emvco.replace('23.72', '23.73'), ['crc']],
    ['its checksum is in small letters', emvco.replace('A13A', 'a13a'), ['format:63']],
    [
      'it is cut off',
      emvco.slice(0, 100),
      ['length', 'last_is_63', 'missing:53', 'missing:59', 'missing:60', 'missing:63'],
    ],
    ['it is another currency in words', sealed(emvco.replace('5303156', '5303CNY')), ['format:53']],
    ['an object stands twice', sealed(emvco.replace('5802CN', '5802CN5802CN')), ['duplicate_id']],
    ['no country is named', sealed(emvco.replace('5802CN', '')), ['missing:58']],
    [
      'a part of a template stands twice',
      sealed(emvco.replace('62330304', '62410304').replace('0902ME', '0902ME0304abcd')),
      ['duplicate_id'],
    ],
    ['nothing is to be paid', sealed(emvco.replace('540523.72', '540500.00')), ['format:54']],
    [
      'it does not begin with its version',
      sealed(`010212000201${emvco.slice(12)}`),
      ['first_is_00'],
    ],
    ['something comes after the checksum', `${emvco}6105abcde`, ['last_is_63']],
  ])('when %s, it says so', (_, text, rules) => {
    expect(rulesOf(text).toSorted()).toEqual([...rules].toSorted())
    expect(inspect(text)).toMatchObject({ kind: 'emvco_mpm', valid: false })
  })

  test('places are counted in characters, also after Chinese', () => {
    const text = emvco.replace('23.72', '23.73')
    expect(inspect(text).faults).toEqual([{ rule: 'crc', at: Array.from(text).length - 4 }])
  })

  test.each([
    ['', ['missing:02-51']],
    ['010211', ['missing:02-51']],
    ['02041234', []],
    ['51080004abcd', []],
  ])('an account of any company is needed: %j', (account, rules) => {
    const text = `000201${account}5204411153033925802JP5903xxx6003xxx6304FFFF`
    expect(rulesOf(sealed(text))).toEqual(rules)
  })

  test.each([
    ['it is not of Japan', jpqr.replace('5802JP', '5802CN'), ['format:58']],
    ['it is not in yen', jpqr.replace('5303392', '5303156'), ['format:53']],
    ['it has no postal code', jpqr.replace('61071066143', ''), ['missing:61']],
    ['its name is in English', jpqr.replace('0002JA', '0002EN'), ['format:64.00']],
    [
      'its city is in Japanese',
      jpqr.replace('64180002JA', '64260002JA0204みらい区'),
      ['format:64.02'],
    ],
    [
      'a level is missing',
      jpqr.replace('26680019', '26580019').replace('0406000001', ''),
      ['missing:26.04'],
    ],
  ])('a JPQR code says when %s', (_, text, rules) => {
    expect(rulesOf(sealed(text))).toEqual(rules)
    expect(inspect(sealed(text)).kind).toBe('jpqr')
  })
})

describe('a code that a payer shows', () => {
  const short = 'hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8='
  const long =
    'hQVDUFYwMWETTwegAAAAVVVVUAhQcm9kdWN0MWETTwegAAAAZmZmUAhQcm9kdWN0MmJJWggSNFZ4kBI0WF8gDkNB' +
    'UkRIT0xERVIvRU1WXy0IcnVlc2RlZW5kIZ8QBwYBCgMAAACfJghYT9OF+iNLzJ82AgABnzcEbVjvEw=='

  test("EMVCo's own examples are valid, and say no card number and no name", () => {
    expect(inspect(short)).toEqual({
      kind: 'emvco_cpm',
      ours: false,
      valid: true,
      faults: [],
      fields: { schemes: [{ aid: 'A0000000555555', label: null }] },
    })
    expect(inspect(long)).toMatchObject({
      valid: true,
      fields: {
        schemes: [
          { aid: 'A0000000555555', label: 'Product1' },
          { aid: 'A0000000666666', label: 'Product2' },
        ],
      },
    })
    expect(JSON.stringify([inspect(short), inspect(long)])).not.toMatch(/123456|CARDHOLDER/)
  })

  test.each([
    ['is cut off', short.slice(0, 24), ['length', 'missing:61']],
    ['is no base64', `${short.slice(0, -3)}!!=`, ['format:base64']],
    ['is of another version', btoa(atob(short).replace('CPV01', 'CPV02')), ['format:85']],
    ['names no scheme', btoa(atob(short).replace('\x4f\x07', '\x5a\x07')), ['missing:61.4F']],
  ])('says when it %s', (_, text, rules) => {
    expect(rulesOf(text)).toEqual(rules)
  })
})

describe('our own codes', () => {
  test('a payment code says which phone and when, and nothing that pays', async () => {
    const { privateKey } = await crypto.subtle.generateKey(
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['sign'],
    )
    const deviceId = '0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'
    const nonce = new Uint8Array(16).fill(7)
    const text = await signPaymentCode({ key: privateKey, deviceId, issuedAt: 0, nonce })
    expect(inspect(text)).toEqual({
      kind: 'payment_code',
      ours: true,
      valid: true,
      faults: [],
      fields: { deviceId, issuedAt: '1970-01-01T00:00:00.000Z' },
    })
    expect(inspect(text.slice(1))).toMatchObject({ kind: 'unknown', ours: false, valid: false })
  })

  test('a payment number is ours when its check digit is right, and is not repeated', () => {
    const number = paymentNumberOf(new Uint8Array(8).fill(9))
    expect(inspect(number)).toEqual({
      kind: 'digits',
      ours: true,
      valid: true,
      faults: [],
      fields: { digits: 12 },
    })
    const wrong = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`
    expect(inspect(wrong)).toMatchObject({ ours: false, faults: [{ rule: 'check_digit', at: 11 }] })
  })

  test('a shop code is ours at our own address only', () => {
    expect(inspect('https://ken.example/s/1000015')).toMatchObject({
      kind: 'shop_code',
      ours: true,
      valid: true,
      fields: { shopNo: '100001' },
    })
    expect(inspect('https://swapped.example/s/1000015')).toMatchObject({
      kind: 'shop_code',
      ours: false,
      valid: false,
      faults: [{ rule: 'host', at: 8 }],
      fields: { host: 'swapped.example' },
    })
    expect(inspect('https://ken.example/s/1000014')).toMatchObject({
      kind: 'shop_code',
      valid: false,
      faults: [{ rule: 'check_digit', at: 28 }],
    })
  })
})

test.each([
  ['281006123456789012345678', ['PayPay']],
  ['2810061234567890123456', ['d払い']],
  ['2810061234567890', ['楽天ペイ']],
  ['31589912345678901', []],
])('%s shows whose digits it may be and repeats none', (text, services) => {
  expect(inspect(text)).toEqual({
    kind: 'digits',
    ours: false,
    valid: true,
    faults: [],
    fields: { digits: text.length, services },
  })
})

test("an address is told by its host; a PayPay shop's sticker by its company", () => {
  expect(inspect('https://example.com/secret?token=1')).toEqual({
    kind: 'url',
    ours: false,
    valid: true,
    faults: [],
    fields: { host: 'example.com' },
  })
  expect(inspect('https://qr.paypay.ne.jp/p2p01_abc').fields).toEqual({
    host: 'qr.paypay.ne.jp',
    services: ['PayPay'],
  })
  expect(inspect('https://')).toMatchObject({ kind: 'url', valid: false })
})

test.each(['', ' ', 'こんにちは', '0', '{"a":1}', '\u0000', '00020', 'HTTPS', 'WIFI:S:x;;'])(
  'anything may be inspected, %j too',
  (text) => {
    expect(inspect(text).ours).toBe(false)
  },
)
