import { KeyObject, webcrypto } from 'node:crypto'
import { expect, test } from 'vitest'
import { requestOptions } from './ceremony.ts'
import { makeDeviceKey, openDeviceKey, softwareAuthenticator } from './software-authenticator.ts'

const at = { origin: 'http://localhost:8787', rpId: 'localhost' }
const asked = {
  rp: { id: 'localhost', name: 'みんな券' },
  user: { id: 'AAAA', name: 'x', displayName: 'x' },
  challenge: 'AAAA',
  pubKeyCredParams: [],
}
const asking = await requestOptions({ challenge: new Uint8Array(32), origin: at })

test('an authenticator goes on where its kept state left off', () => {
  const first = softwareAuthenticator({ passkeys: [], counts: true })
  const { id } = first.create(asked, at.origin)
  first.get(asking, at.origin)
  const kept: unknown = JSON.parse(JSON.stringify(first.state()))
  expect(kept).toEqual(first.state())
  const second = softwareAuthenticator(first.state())
  expect(second.get(asking, at.origin).id).toBe(id)
  expect(second.state().passkeys[0]?.counter).toBe(2)
})

test('it offers the newest passkey of the domain, and none of another domain', () => {
  const phone = softwareAuthenticator()
  phone.create(asked, at.origin)
  const { id } = phone.create(asked, at.origin)
  phone.create({ ...asked, rp: { id: 'minnaken.example', name: 'x' } }, at.origin)
  expect(phone.get(asking, at.origin).id).toBe(id)
  expect(() => phone.get({ ...asking, rpId: 'other.example' }, at.origin)).toThrow('no passkey')
})

test('a device key signs, stays on the phone, and tells its public half', async () => {
  const { privateKey, publicKey, publicJwk } = await makeDeviceKey()
  expect(Object.keys(publicJwk).toSorted()).toEqual(['crv', 'kty', 'x', 'y'])
  expect(privateKey.extractable).toBe(false)
  expect(await signs(privateKey, publicKey)).toBe(true)
})

test('a device key that was kept opens again as the same key', async () => {
  const { privateKey, publicJwk } = await makeDeviceKey({ exportable: true })
  const kept = KeyObject.from(privateKey).export({ format: 'jwk' })
  const opened = await openDeviceKey(kept)
  expect(opened.publicJwk).toEqual(publicJwk)
  expect(await signs(opened.privateKey, opened.publicKey)).toBe(true)
})

async function signs(
  privateKey: webcrypto.CryptoKey,
  publicKey: webcrypto.CryptoKey,
): Promise<boolean> {
  const how = { name: 'ECDSA', hash: 'SHA-256' }
  const text = Buffer.from('みらい区')
  const signature = await webcrypto.subtle.sign(how, privateKey, text)
  return webcrypto.subtle.verify(how, publicKey, signature, text)
}
