import {
  type SoftwareAuthenticator,
  softwareAuthenticator,
} from '@minnaken/auth/software-authenticator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { origins, setStage, type Stage } from './_stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.drop())

const from = { headers: { origin: origins.resident } }

const signIn = async (phone: SoftwareAuthenticator) => (await stage.signIn(phone)).answer

test('a resident who registers has an account, a wallet and a session', async () => {
  const resident = await stage.register()
  expect(resident.answer.status).toBe(201)
  expect(resident.answer.headers.get('set-cookie')).toMatch(
    /^__Host-resident=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; Secure; SameSite=Strict$/,
  )
  const me = await stage.send(resident, 'GET /v1/me')
  expect(me.body).toMatchObject({ accountId: resident.accountId, role: 'resident' })
  const wallet = await stage.send(resident, 'GET /v1/wallet')
  expect(wallet.body).toMatchObject({ balances: [], spendableYen: 0, stoppedAt: null })
})

test('a passkey signs in again, under another session', async () => {
  const { phone, accountId } = await stage.register()
  const answer = await signIn(phone)
  expect(answer).toMatchObject({ status: 201, body: { accountId, role: 'resident' } })
})

test('signing out ends this session, signing out everywhere ends them all', async () => {
  const first = await stage.register()
  const answer = await signIn(first.phone)
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const second = { ...first, headers: { ...first.headers, cookie } }

  const out = await stage.send(second, 'DELETE /v1/sessions/current')
  expect(out.headers.get('set-cookie')).toMatch(/^__Host-resident=; Path=\/; Max-Age=0;/)
  expect((await stage.send(second, 'GET /v1/me')).status).toBe(401)
  expect((await stage.send(first, 'GET /v1/me')).status).toBe(200)

  await stage.send(first, 'DELETE /v1/sessions')
  expect((await stage.send(first, 'GET /v1/me')).status).toBe(401)
})

test('a challenge is answered once, and a passkey that proves nothing gets one answer', async () => {
  const phone = softwareAuthenticator()
  const begun = await stage.send(null, 'POST /v1/passkeys/registration-options', from)
  const { challengeId, options } = begun.body
  const response = phone.create(options as Parameters<typeof phone.create>[0], origins.staff)
  const body = { challengeId, response }
  const refused = await stage.send(null, 'POST /v1/passkeys', { ...from, body })
  expect([refused.status, refused.body['code']]).toEqual([422, 'passkey_refused'])
  const again = await stage.send(null, 'POST /v1/passkeys', { ...from, body })
  expect([again.status, again.body['code']]).toEqual([409, 'challenge_unknown'])

  const stranger = softwareAuthenticator((await stage.register()).phone.state())
  const other = await stage.register(softwareAuthenticator())
  const unknown = other.phone.state().passkeys.map((each) => ({
    ...each,
    credentialId: Buffer.alloc(32).toString('base64url'),
  }))
  const ghost = softwareAuthenticator({ ...stranger.state(), passkeys: unknown })
  expect((await signIn(ghost)).body['code']).toBe('passkey_refused')
})

test('a stopped account signs in no more', async () => {
  const { phone, accountId } = await stage.register()
  await stage.owner
    .updateTable('auth.account')
    .set({ stopped_at: new Date(stage.clock.at) })
    .where('account_id', '=', accountId)
    .execute()
  const answer = await signIn(phone)
  expect([answer.status, answer.body['code']]).toEqual([403, 'account_stopped'])
})
