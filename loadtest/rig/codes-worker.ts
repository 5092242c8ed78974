import type { webcrypto } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import type { Yen } from '@minnaken/domain'
import { type PaymentCode, signPayment, signPaymentCode } from '@minnaken/qr'

/** With a shop and an amount it is a payment that the payer sends, without a code that a till reads. */
type Code = PaymentCode & Readonly<{ key: number; shopNo?: string; amount?: Yen }>

/** A stretch of codes to sign, and what comes back, in the same order. */
export type ToSign = Readonly<{ codes: readonly Code[] }>
export type Signed = Readonly<{ codes: readonly string[] }>

const { keys } = workerData as Readonly<{ keys: readonly webcrypto.JsonWebKey[] }>
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
const imported = await Promise.all(
  keys.map((jwk) => crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign'])),
)

parentPort?.on('message', ({ codes }: ToSign) => {
  void Promise.all(codes.map(sign)).then((signed) =>
    parentPort?.postMessage({ codes: signed } satisfies Signed, []),
  )
})

function sign({ key, shopNo, amount, ...code }: Code): Promise<string> {
  const signer = imported[key]
  if (signer === undefined) throw new Error(`there is no key ${key}`)
  if (shopNo === undefined || amount === undefined) return signPaymentCode({ key: signer, ...code })
  return signPayment({ key: signer, ...code, shopNo, amount })
}
