import { makeDeviceKey } from '@minnaken/auth/software-authenticator'
import { yen } from '@minnaken/domain'
import { signPayment } from '@minnaken/qr'
import { expect, test } from 'vitest'
import type { Deps } from '../deps.ts'
import type { FindKey } from '../redeem/code.ts'
import type { Buckets } from '../redeem/desk.ts'
import { type PayDesk, pay, previewPayment } from './pay.ts'

const unasked = () => {
  throw new Error('this is not looked at')
}

const deviceId = '01957d1e-8c00-7000-8000-000000000000'
const { privateKey } = await makeDeviceKey()
const findKey: FindKey = async () => ({ bucket: 3, walletId: 'wallet', key: privateKey })
const noDeps = {} as Deps

/** A service in which all buckets are full, as these two ways of asking are told. */
const fullDesk = (full: Pick<Buckets, 'refuses' | 'isFull'>): PayDesk => ({
  buckets: { ask: unasked, check: unasked, hasRoom: unasked, ...full },
  findKey,
  findShop: unasked,
  origin: { origin: 'http://localhost:8080', rpId: 'localhost' },
})

test('a payer who cannot be served is told before signature, wallet and passkey are looked at', async () => {
  const text = await signPayment({
    key: privateKey,
    deviceId,
    issuedAt: 1_800_000_000,
    nonce: new Uint8Array(16),
    shopNo: '100001',
    amount: yen(100),
  })
  const asked: number[] = []
  const desk = fullDesk({
    isFull: unasked,
    refuses: (bucket) => {
      asked.push(bucket)
      return true
    },
  })
  const answered = await pay(noDeps, desk, { accountId: 'account', text, confirmation: {} })
  expect(answered).toEqual({ kind: 'busy' })
  expect(asked).toEqual([3])
})

test('whoever only looks is told as early, and is no payment that was refused', async () => {
  const desk = fullDesk({ refuses: unasked, isFull: (bucket) => bucket === 3 })
  const looking = { accountId: 'account', deviceId, shopNo: '100001', amount: yen(100) }
  expect(await previewPayment(noDeps, desk, looking)).toEqual({ kind: 'busy' })
})
