import { makeDeviceKey } from '@minnaken/auth/software-authenticator'
import { yen } from '@minnaken/domain'
import { signPayment } from '@minnaken/qr'
import { expect, test } from 'vitest'
import type { Deps } from '../deps.ts'
import type { FindKey } from '../redeem/code.ts'
import { type PayDesk, pay } from './pay.ts'

const unasked = () => {
  throw new Error('this is not looked at')
}

test('a payer who cannot be served is told before signature, wallet and passkey are looked at', async () => {
  const { privateKey } = await makeDeviceKey()
  const text = await signPayment({
    key: privateKey,
    deviceId: '01957d1e-8c00-7000-8000-000000000000',
    issuedAt: 1_800_000_000,
    nonce: new Uint8Array(16),
    shopNo: '100001',
    amount: yen(100),
  })
  const asked: number[] = []
  const findKey: FindKey = async () => ({ bucket: 3, walletId: 'wallet', key: privateKey })
  const desk: PayDesk = {
    buckets: {
      ask: unasked,
      check: unasked,
      isFull: unasked,
      refuses: (bucket) => {
        asked.push(bucket)
        return true
      },
    },
    findKey,
    findShop: unasked,
    origin: { origin: 'http://localhost:8080', rpId: 'localhost' },
  }
  const noDeps = {} as Deps
  const answered = await pay(noDeps, desk, { accountId: 'account', text, confirmation: {} })
  expect(answered).toEqual({ kind: 'busy' })
  expect(asked).toEqual([3])
})
