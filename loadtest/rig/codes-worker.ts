import type { webcrypto } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { signPaymentCode } from '@minnaken/qr'

type Code = Readonly<{ key: number; deviceId: string; issuedAt: number; nonce: Uint8Array }>

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

function sign({ key, ...code }: Code): Promise<string> {
  const signer = imported[key]
  if (signer === undefined) throw new Error(`there is no key ${key}`)
  return signPaymentCode({ key: signer, ...code })
}
