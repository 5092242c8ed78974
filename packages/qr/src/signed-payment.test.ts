import * as fc from 'fast-check'
import { yen } from '@minnaken/domain'
import { describe, expect, test } from 'vitest'
import { decodeBase45, encodeBase45 } from './base45.ts'
import { drawPaymentCode } from './draw.ts'
import { decodePaymentCode, signPaymentCode } from './payment-code.ts'
import {
  type Payment,
  confirmationChallenge,
  decodePayment,
  signPayment,
  verifyPayment,
} from './signed-payment.ts'

const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
  'sign',
  'verify',
])
const payment: Payment = {
  deviceId: '0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
  issuedAt: 1_804_820_400,
  nonce: Uint8Array.from({ length: 16 }, (_, at) => at),
  shopNo: '000123',
  amount: yen(800),
}
const text = await signPayment({ key: pair.privateKey, ...payment })

async function decoded(from = text) {
  const it = decodePayment(from)
  if (it.kind !== 'payment') throw new Error(`refused: ${it.rule}`)
  return it
}

describe('a payment that a payer signs', () => {
  test('says which phone, when, which nonce, which shop and how much', async () => {
    expect(text).toHaveLength(170)
    expect(await decoded()).toMatchObject(payment)
    expect(await verifyPayment(await decoded(), pair.publicKey)).toBe(true)
  })

  test('any shop number and any amount come back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 999_999 }),
        fc.integer({ min: 1, max: 9_999_999_999 }),
        async (shop, amount) => {
          const shopNo = String(shop).padStart(6, '0')
          const signed = await signPayment({
            key: pair.privateKey,
            ...payment,
            shopNo,
            amount: yen(amount),
          })
          expect(await decoded(signed)).toMatchObject({ shopNo, amount })
        },
      ),
      {
        numRuns: 100,
        examples: [
          [0, 1],
          [999_999, 9_999_999_999],
        ],
      },
    )
  })

  test('no byte of it can be changed', async () => {
    const decoding = decodeBase45(text)
    if (decoding.kind !== 'decoded') throw new Error('not Base45')
    for (let at = 0; at < decoding.bytes.length; at++) {
      const changed = Uint8Array.from(decoding.bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      const it = decodePayment(encodeBase45(changed))
      const isTaken = it.kind === 'payment' && (await verifyPayment(it, pair.publicKey))
      expect([at, isTaken]).toEqual([at, false])
    }
  })

  test('is no payment code, and a payment code is none', async () => {
    const code = await signPaymentCode({ key: pair.privateKey, ...payment })
    expect(decodePaymentCode(text)).toMatchObject({ kind: 'refused', rule: 'length' })
    expect(decodePayment(code)).toMatchObject({ kind: 'refused', rule: 'length', at: 152 })
    expect(() => drawPaymentCode(text)).toThrow('payment code')
  })

  test.each([
    ['nothing', 0, 'amount'],
    ['eleven digits of yen', 10_000_000_000, 'amount'],
  ] as const)('of %s is not made and not read', async (_, amount, rule) => {
    const decoding = decodeBase45(text)
    if (decoding.kind !== 'decoded') throw new Error('not Base45')
    new DataView(decoding.bytes.buffer).setBigUint64(41, BigInt(amount))
    expect(decodePayment(encodeBase45(decoding.bytes))).toMatchObject({ kind: 'refused', rule })
    await expect(
      signPayment({ key: pair.privateKey, ...payment, amount: amount as Payment['amount'] }),
    ).rejects.toThrow('¥1')
  })

  test('of another version, or to a shop of seven digits, is not read', () => {
    const decoding = decodeBase45(text)
    if (decoding.kind !== 'decoded') throw new Error('not Base45')
    const { bytes } = decoding
    new DataView(bytes.buffer).setUint32(37, 1_000_000)
    expect(decodePayment(encodeBase45(bytes))).toMatchObject({ rule: 'shop_no', at: 37 })
    bytes[0] = 2
    expect(decodePayment(encodeBase45(bytes))).toMatchObject({ rule: 'version', at: 0 })
  })
})

describe('what a passkey signs to confirm it', () => {
  test('is another for another phone, moment, nonce, shop or amount', async () => {
    const others: Payment[] = [
      payment,
      { ...payment, deviceId: '0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5c' },
      { ...payment, issuedAt: payment.issuedAt + 1 },
      { ...payment, nonce: payment.nonce.with(0, 99) },
      { ...payment, shopNo: '000124' },
      { ...payment, amount: yen(801) },
    ]
    const challenges = await Promise.all(
      others.map(async (other) => {
        const signed = await decoded(await signPayment({ key: pair.privateKey, ...other }))
        return Buffer.from(await confirmationChallenge(signed)).toString('hex')
      }),
    )
    expect(new Set(challenges).size).toBe(others.length)
    expect(challenges[0]).toHaveLength(64)
  })
})
