import { softwareAuthenticator } from '@minnaken/auth/software-authenticator'
import { confirmationChallenge, decodePayment } from '@minnaken/qr'
import type { Phone, Stage } from './_stage.ts'

type Misbehaviour = Parameters<ReturnType<typeof softwareAuthenticator>['get']>[2]

const ORIGIN = 'http://localhost:8080'

/** Gives a resident a passkey, and hands over what confirms a payment with it. */
export async function addPasskey(stage: Stage, of: Pick<Phone, 'accountId'>) {
  const confirm = await passkeyOf(stage, of)
  return async (payment: string, misbehaviour: Misbehaviour = {}) => {
    const decoded = decodePayment(payment)
    if (decoded.kind !== 'payment') throw new Error('no payment')
    return confirm(await confirmationChallenge(decoded), misbehaviour)
  }
}

/** Gives a resident a passkey, and hands over what answers a challenge with it. */
export async function passkeyOf(stage: Stage, { accountId }: Pick<Phone, 'accountId'>) {
  const authenticator = softwareAuthenticator()
  const { id } = authenticator.create(
    {
      rp: { id: 'localhost', name: 'みんな券' },
      user: {
        id: Buffer.from(accountId.replaceAll('-', ''), 'hex').toString('base64url'),
        name: 'x',
        displayName: 'x',
      },
      challenge: 'AAAA',
      pubKeyCredParams: [],
    },
    ORIGIN,
  )
  const { x = '', y = '' } = authenticator.state().passkeys[0]?.privateKey ?? {}
  await stage.owner
    .insertInto('auth.credential')
    .values({
      credential_id: id,
      account_id: accountId,
      audience: 'resident',
      // CBOR of { kty: EC2, alg: ES256, crv: P-256, x, y }.
      public_key: Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ]),
      counter: 0,
      backup_eligible: true,
      backed_up: true,
      transports: ['internal'],
      created_at: new Date(stage.now()),
    })
    .execute()
  return (challenge: Uint8Array, misbehaviour: Misbehaviour = {}) => {
    const { response, rawId, type } = authenticator.get(
      { challenge: Buffer.from(challenge).toString('base64url'), rpId: 'localhost' },
      ORIGIN,
      misbehaviour,
    )
    return { id, rawId, type, response }
  }
}
