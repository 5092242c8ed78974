import { makeDeviceKey } from '@minnaken/auth/software-authenticator'
import { deviceChallenge } from '@minnaken/qr'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { passkeyOf } from './_passkey.ts'
import { NOON, type Stage, setStage } from './_stage.ts'
import { asResident } from './_till.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterEach(() => stage.moveTo(NOON))
afterAll(() => stage.drop())

const FIVE_MINUTES = 300_000

type Resident = Awaited<ReturnType<Stage['openWalletOnly']>>
type PublicKey = Awaited<ReturnType<typeof makeDeviceKey>>['publicJwk']

const add = (resident: Resident, publicKey: PublicKey, confirmation?: unknown) =>
  asResident(stage.service, resident, {
    path: '/v1/devices',
    body: { name: 'スマホ', publicKey, confirmation },
  })

const phonesOf = async (resident: Resident) => {
  const { body } = await asResident(stage.service, resident, {
    method: 'GET',
    path: '/v1/devices',
  })
  return body['devices']
}

const newKey = async () => (await makeDeviceKey()).publicJwk

test('a session adds a phone within five minutes of the passkey, and none after', async () => {
  const resident = await stage.openWalletOnly()
  const [first, second] = [await newKey(), await newKey()]
  stage.moveTo(NOON + FIVE_MINUTES - 1)
  expect(await add(resident, first)).toMatchObject({ status: 201 })
  stage.moveTo(NOON + FIVE_MINUTES)
  expect(await add(resident, second)).toMatchObject({
    status: 403,
    body: { code: 'passkey_needed' },
  })
  expect(await phonesOf(resident)).toHaveLength(1)
})

test('a passkey that confirms this very key adds the phone, however old the session is', async () => {
  const resident = await stage.openWalletOnly()
  const confirm = await passkeyOf(stage, resident)
  stage.moveTo(NOON + 100 * FIVE_MINUTES)
  const key = await newKey()
  const confirmation = confirm(await deviceChallenge(key))
  expect(await add(resident, key, confirmation)).toMatchObject({ status: 201 })
  const refused = { status: 422, body: { code: 'passkey_refused' } }
  expect(await add(resident, await newKey(), confirmation)).toMatchObject(refused)
  expect(await phonesOf(resident)).toHaveLength(1)
})

test('the passkey of somebody else adds no phone, nor one without finger, face or PIN', async () => {
  const [resident, thief] = [await stage.openWalletOnly(), await stage.openWalletOnly()]
  const [confirm, steal] = [await passkeyOf(stage, resident), await passkeyOf(stage, thief)]
  stage.moveTo(NOON + FIVE_MINUTES)
  const key = await newKey()
  const challenge = await deviceChallenge(key)
  const refused = { status: 422, body: { code: 'passkey_refused' } }
  for (const answer of [steal(challenge), confirm(challenge, { userVerified: false }), {}])
    expect(await add(resident, key, answer)).toMatchObject(refused)
  expect(await phonesOf(resident)).toEqual([])
})

test('a phone that is there is answered without the passkey, and with one too', async () => {
  const resident = await stage.openWalletOnly()
  const key = await newKey()
  const { body } = await add(resident, key)
  stage.moveTo(NOON + FIVE_MINUTES)
  const same = { status: 201, body: { deviceId: body['deviceId'] } }
  expect(await add(resident, key)).toMatchObject(same)
  expect(await add(resident, key, {})).toMatchObject(same)
})
