import { randomBytes, randomUUID } from 'node:crypto'
import {
  type DeviceKey,
  type SoftwareAuthenticator,
  makeDeviceKey,
  softwareAuthenticator,
} from '@minnaken/auth/software-authenticator'
import { deviceChallenge, signPaymentCode } from '@minnaken/qr'
import type { Origins } from '../platform/addresses.ts'
import type { ServiceUrls } from '../platform/services.ts'
import { ceremoniesOf } from './apps.ts'
import { type Answer, type Call, call, insist } from './call.ts'
import { type Ceremonies, register, signIn } from './passkey.ts'

/** A person with a passkey who is signed in to one of the apps. */
export type Person = Readonly<{
  app: 'resident' | 'shop' | 'staff'
  authenticator: SoftwareAuthenticator
  ask: (asked: Omit<Call, 'cookie' | 'bearer' | 'origin'>) => Promise<Answer>
  /** The same, for what has to succeed: insists while it is busy, and throws with the problem. */
  get: (asked: Omit<Call, 'cookie' | 'bearer' | 'origin'>) => Promise<Record<string, unknown>>
  /** Finger, face or PIN: what confirms the thing that this challenge stands for. */
  confirm: (challenge: Uint8Array) => object
}>

/** A signed-in person. A session that has run out is opened again with the passkey, as an app would. */
export const personWith = ({
  app,
  authenticator,
  cookie: first,
  ceremonies,
}: Readonly<{
  app: Person['app']
  authenticator: SoftwareAuthenticator
  cookie: string
  ceremonies: Ceremonies
}>): Person => {
  let cookie = first
  const { origin } = ceremonies
  const ask: Person['ask'] = async (asked) => {
    const answer = await call({ ...asked, cookie, origin })
    if (answer.status !== 401) return answer
    cookie = (await signIn(ceremonies, authenticator)).cookie
    return call({ ...asked, cookie, origin })
  }
  const get: Person['get'] = async (asked) => {
    const sent = { idempotencyKey: randomUUID(), ...asked }
    return success(asked, await insist(() => ask(sent)))
  }
  const confirm: Person['confirm'] = (challenge) =>
    authenticator.get(
      {
        challenge: Buffer.from(challenge).toString('base64url'),
        rpId: new URL(origin).hostname,
      },
      origin,
    )
  return { app, authenticator, ask, get, confirm }
}

/** Registers a new person at an app by a real ceremony. Staff bring the token of their invitation. */
export async function newPerson(
  app: Person['app'],
  { urls, origins, invite }: Readonly<{ urls: ServiceUrls; origins: Origins; invite?: string }>,
): Promise<Person> {
  const authenticator = softwareAuthenticator()
  const ceremonies = ceremoniesOf(urls, origins)[app]
  const { cookie } = await register(
    ceremonies,
    authenticator,
    invite === undefined ? {} : { inviteToken: invite },
  )
  return personWith({ app, authenticator, cookie, ceremonies })
}

/** A phone that signs payment codes, by the server's time. */
export type Phone = Readonly<{
  deviceId: string
  key: DeviceKey
  code: (serverNow: number) => Promise<string>
}>

export async function registerPhone(
  person: Person,
  {
    urls,
    name,
    exportable = false,
  }: Readonly<{
    urls: ServiceUrls
    name: string
    exportable?: boolean
  }>,
): Promise<Phone> {
  const key = await makeDeviceKey({ exportable })
  const confirmation = person.confirm(await deviceChallenge(key.publicJwk))
  const registered = await person.get({
    method: 'POST',
    url: `${urls.redemption}/v1/devices`,
    body: { name, publicKey: key.publicJwk, confirmation },
  })
  return phoneWith(String(registered['deviceId']), key)
}

export const phoneWith = (deviceId: string, key: DeviceKey): Phone => ({
  deviceId,
  key,
  code: (serverNow) =>
    signPaymentCode({
      key: key.privateKey,
      deviceId,
      issuedAt: Math.floor(serverNow / 1_000),
      nonce: randomBytes(16),
    }),
})

/** A shop's till: whoever holds its token. */
export type Till = Readonly<{
  tillId: string
  shopId: string
  token: string
  pay: (code: string, amountYen: number) => Promise<Answer>
  voidPayment: (
    redemptionId: string,
    body: Readonly<{ amountYen?: number; reason: string }>,
    idempotencyKey?: string,
  ) => Promise<Answer>
}>

/** Joins a shop as a till, by a code that its owner shows. */
export async function joinTill(
  owner: Person,
  { urls, shopId, name }: Readonly<{ urls: ServiceUrls; shopId: string; name: string }>,
): Promise<Till> {
  const { joinCode } = await owner.get({
    method: 'POST',
    url: `${urls.redemption}/v1/shops/${shopId}/join-codes`,
  })
  const asked = { method: 'POST', url: `${urls.redemption}/v1/tills`, body: { joinCode, name } }
  const joined = success(asked, await call(asked))
  return tillWith({
    urls,
    shopId,
    tillId: String(joined['tillId']),
    token: String(joined['token']),
  })
}

export const tillWith = ({
  urls,
  ...till
}: Readonly<{ urls: ServiceUrls; tillId: string; shopId: string; token: string }>): Till => ({
  ...till,
  pay: (code, amountYen) =>
    call({
      method: 'POST',
      url: `${urls.redemption}/v1/redemptions`,
      bearer: till.token,
      body: { code, amountYen },
    }),
  voidPayment: (redemptionId, body, idempotencyKey) =>
    call({
      method: 'POST',
      url: `${urls.redemption}/v1/redemptions/${redemptionId}/voids`,
      bearer: till.token,
      body,
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    }),
})

function success(asked: Call, { status, body }: Answer): Record<string, unknown> {
  if (status >= 300 || typeof body !== 'object' || body === null)
    throw new Error(`${asked.method} ${asked.url}: ${status} ${JSON.stringify(body)}`)
  return { ...body }
}
