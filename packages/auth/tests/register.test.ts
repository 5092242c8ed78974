import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerOptions, registerPasskey, sessionMs } from '../src/index.ts'
import { softwareAuthenticator } from '../src/software-authenticator.ts'
import { openWorld, origins, register, tryRegister, trySignIn, type World } from './_world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.drop())

test.each([
  ['resident', 'resident'],
  ['shop', 'shop_owner'],
  ['staff', 'clerk'],
] as const)('at the app %s a passkey makes a %s, who signs in with it', async (audience, role) => {
  const { phone, ...registered } = await register(world, audience)
  expect(registered.role).toBe(role)
  expect(await trySignIn(world, audience, phone)).toMatchObject({
    kind: 'signed_in',
    role,
    accountId: registered.accountId,
    session: { expiresAt: world.clock.at + sessionMs[audience] },
  })
})

test('the browser is asked for a passkey that is found without a name, with the person verified', async () => {
  const begun = await registerOptions(world.purchase, { audience: 'resident' })
  expect(begun).toMatchObject({
    kind: 'ready',
    options: {
      challenge: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      rp: { id: 'localhost', name: 'みんな券' },
      user: { name: 'みんな券 利用者 2027-02-01' },
      timeout: 300_000,
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    },
  })
})

test('what is known of a passkey is kept: its flags, its counter, how it is reached', async () => {
  const { accountId } = await register(world, 'resident')
  const kept = await world.owner
    .selectFrom('auth.credential')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  expect(kept).toMatchObject({
    audience: 'resident',
    backup_eligible: true,
    backed_up: true,
    counter: 0,
    transports: ['hybrid', 'internal'],
  })
})

test('what a service writes for a new account is written with it, or neither is', async () => {
  const failing = {
    ...world.purchase,
    afterRegister: () => Promise.reject(new Error('no wallet')),
  }
  const begun = await registerOptions(failing, { audience: 'resident' })
  if (begun.kind !== 'ready') throw new Error('not ready')
  const before = await accounts()
  const response = softwareAuthenticator().create(begun.options, origins.resident.origin)
  const { challengeId } = begun
  await expect(
    registerPasskey(failing, { audience: 'resident', challengeId, response }),
  ).rejects.toThrow('no wallet')
  expect(await accounts()).toBe(before)
})

test('a passkey that is registered already makes no second account', async () => {
  const { accountId, phone } = await register(world, 'resident')
  const begun = await registerOptions(world.purchase, { audience: 'resident' })
  if (begun.kind !== 'ready') throw new Error('not ready')
  const taken = phone.state().passkeys[0]
  const again = softwareAuthenticator().create(begun.options, origins.resident.origin, {
    credentialId: taken?.credentialId ?? '',
  })
  const { challengeId } = begun
  expect(
    await registerPasskey(world.purchase, { audience: 'resident', challengeId, response: again }),
  ).toEqual({ kind: 'passkey_refused' })
  expect(await trySignIn(world, 'resident', phone)).toMatchObject({ accountId })
})

test('two who register the same passkey at once make one account', async () => {
  const credentialId = Buffer.alloc(32, 7).toString('base64url')
  const outcomes = await Promise.all(
    Array.from({ length: 5 }, () =>
      tryRegister(world, 'resident', softwareAuthenticator(), { misbehaviour: { credentialId } }),
    ),
  )
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual([
    ...Array.from({ length: 4 }, () => 'passkey_refused'),
    'registered',
  ])
})

test.each([
  [1023, 'registered'],
  [1024, 'passkey_refused'],
])('a passkey with an id of %i bytes is %s', async (length, kind) => {
  const credentialId = Buffer.alloc(length, 3).toString('base64url')
  const phone = softwareAuthenticator()
  const outcome = await tryRegister(world, 'resident', phone, { misbehaviour: { credentialId } })
  expect(outcome.kind).toBe(kind)
})

test('unsolicited extensions of a new passkey are ignored, as some security keys add them', async () => {
  // CBOR of { "credProtect": 2 }.
  const extensions = Buffer.from('a16b6372656450726f7465637402', 'hex')
  expect(
    await tryRegister(world, 'shop', softwareAuthenticator(), { misbehaviour: { extensions } }),
  ).toMatchObject({ kind: 'registered' })
})

const accounts = async (): Promise<number> =>
  (await world.owner.selectFrom('auth.account').select('account_id').execute()).length
