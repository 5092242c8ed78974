import { deviceChallenge } from '@minnaken/qr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readDevice } from './device-key.ts'
import { registerDevice } from './register-device.ts'
import { databaseOf, keepsNothing } from './testing.ts'

type Sent = Readonly<{ name: string; publicKey: { x: string; y: string }; confirmation?: unknown }>

let answers: Response[] = []
let sent: Sent[] = []
let challenges: string[] = []

/** The owner holds the finger to the phone. */
const proves = async ({ publicKey }: Readonly<{ publicKey: { challenge: ArrayBuffer } }>) => {
  challenges.push(Buffer.from(publicKey.challenge).toString('hex'))
  const bytes = new Uint8Array([1])
  const response = { authenticatorData: bytes, clientDataJSON: bytes, signature: bytes }
  return {
    id: 'AQ',
    rawId: bytes,
    type: 'public-key',
    response: { ...response, userHandle: bytes },
    getClientExtensionResults: () => ({}),
  }
}

const turnsAway = () => Promise.reject(new DOMException('no', 'NotAllowedError'))

const holdsPasskey = (get: unknown) =>
  vi.stubGlobal('navigator', { onLine: true, credentials: { get } })

beforeEach(() => {
  sent = []
  challenges = []
  vi.stubGlobal('indexedDB', databaseOf(new Map()))
  vi.stubGlobal('location', { hostname: 'localhost' })
  vi.stubGlobal('PublicKeyCredential', () => {})
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body) as Sent)
    const answer = answers.shift()
    return answer === undefined ? Promise.reject(new Error('no more')) : Promise.resolve(answer)
  })
  holdsPasskey(turnsAway)
})
afterEach(() => vi.unstubAllGlobals())

const registered = (name = 'スマホ') => Response.json({ deviceId: 'd', name }, { status: 201 })
const passkeyNeeded = () =>
  Response.json(
    { code: 'passkey_needed', status: 403, title: 'いいえ', titleEn: 'No' },
    { status: 403 },
  )

test('where nothing is kept no phone is registered, and nobody is asked to', async () => {
  vi.stubGlobal('indexedDB', keepsNothing)
  expect(await registerDevice('スマホ')).toEqual({ kind: 'not_kept' })
  expect(sent).toEqual([])
})

test('who has just signed in is not asked for the passkey again', async () => {
  answers = [registered()]
  expect(await registerDevice('スマホ')).toMatchObject({ kind: 'registered' })
  expect(sent).toMatchObject([{ name: 'スマホ' }])
  expect(challenges).toEqual([])
})

test('who signed in a while ago confirms the very key that is sent', async () => {
  holdsPasskey(proves)
  answers = [passkeyNeeded(), registered()]
  expect(await registerDevice('スマホ')).toMatchObject({ kind: 'registered' })
  const [first, second] = sent
  if (first === undefined || second === undefined) throw new Error('sent twice')
  expect(second).toMatchObject({ ...first, confirmation: { id: 'AQ' } })
  const challenge = await deviceChallenge(first.publicKey)
  expect(challenges).toEqual([Buffer.from(challenge).toString('hex')])
  expect(await readDevice()).toMatchObject({ deviceId: 'd' })
})

test('who turns away has no phone, and tries again with the same key', async () => {
  answers = [passkeyNeeded()]
  expect(await registerDevice('スマホ')).toEqual({ kind: 'not_proved' })
  expect(await readDevice()).toBeNull()
  holdsPasskey(proves)
  answers = [passkeyNeeded(), registered()]
  expect(await registerDevice('スマホ')).toMatchObject({ kind: 'registered' })
  expect(new Set(sent.map(({ publicKey }) => publicKey.x)).size).toBe(1)
})

test('the key of a phone cannot be taken out of it', async () => {
  answers = [registered()]
  await registerDevice('スマホ')
  const key = (await readDevice())?.key
  if (key === undefined) throw new Error('no key was kept')
  await expect(crypto.subtle.exportKey('jwk', key)).rejects.toThrow('not extractable')
})

test('a phone is called as the service lists it, whatever was typed on the last try', async () => {
  answers = [passkeyNeeded()]
  await registerDevice('古い名前')
  answers = [registered('一覧の名前')]
  const device = { deviceId: 'd', name: '一覧の名前' }
  expect(await registerDevice('新しい名前')).toMatchObject({ kind: 'registered', device })
  expect(sent.map(({ name }) => name)).toEqual(['古い名前', '新しい名前'])
  expect(await readDevice()).toMatchObject(device)
})
