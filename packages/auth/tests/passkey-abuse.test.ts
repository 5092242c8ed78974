import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registerOptions, registerPasskey, signIn, signInOptions } from '../src/index.ts'
import { softwareAuthenticator, type Misbehaviour } from '../src/software-authenticator.ts'
import { openWorld, origins, register, tryRegister, trySignIn, type World } from './_world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.drop())

// CBOR of { "x": true }.
const extensions = Buffer.from('a16178f5', 'hex')
const otherHandle = Buffer.alloc(16, 1).toString('base64url')

const lies: readonly (readonly [why: string, lie: Misbehaviour])[] = [
  ['the person was not verified', { userVerified: false }],
  ['the person was not present', { userPresent: false }],
  ['the passkey belongs to another domain', { rpId: 'minnaken.example' }],
  ['the challenge is not ours', { challenge: Buffer.alloc(32, 9).toString('base64url') }],
  ['the challenge is a part of ours', { challenge: '' }],
  ['the page stood inside another site', { crossOrigin: true }],
  ['it answers another question', { type: 'payment.get' }],
  ['it is backed up and cannot be', { backupEligible: false, backedUp: true }],
]

describe.each(['resident', 'shop', 'staff'] as const)('at the app %s', (audience) => {
  test.each(lies)('a new passkey is refused when %s', async (_why, misbehaviour) => {
    const phone = softwareAuthenticator()
    expect(await tryRegister(world, audience, phone, { misbehaviour })).toEqual({
      kind: 'passkey_refused',
    })
  })

  test.each([
    ...lies,
    ['the kind of passkey changed', { backupEligible: false, backedUp: false }],
    ['it names another account', { userHandle: otherHandle }],
    ['it names no account', { userHandle: null }],
    ['it brings an extension that nobody asked for', { extensions }],
    ['its authenticator data goes on for too long', { trailing: Buffer.from([0]) }],
  ] as const)('a sign-in is refused when %s', async (_why, misbehaviour) => {
    const { phone } = await register(world, audience)
    expect(await trySignIn(world, audience, phone, { misbehaviour })).toEqual({
      kind: 'passkey_refused',
    })
    expect(await trySignIn(world, audience, phone)).toMatchObject({ kind: 'signed_in' })
  })

  test.each([
    'http://localhost:1',
    'https://localhost:8787',
    'http://minnaken.example',
    'null',
    '',
  ])('an answer given at %s is refused', async (origin) => {
    const { phone } = await register(world, audience)
    expect(await trySignIn(world, audience, phone, { origin })).toEqual({ kind: 'passkey_refused' })
    expect(await tryRegister(world, audience, phone, { origin })).toEqual({
      kind: 'passkey_refused',
    })
  })
})

test('an answer is good once: a replay is told that its challenge is gone', async () => {
  const { phone } = await register(world, 'resident')
  const { challengeId, options } = await signInOptions(world.purchase, { audience: 'resident' })
  const response = phone.get(options, origins.resident.origin)
  const answer = { audience: 'resident', challengeId, response } as const
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () => signIn(world.purchase, answer)),
  )
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual([
    ...Array.from({ length: 7 }, () => 'challenge_unknown'),
    'signed_in',
  ])
  expect(await signIn(world.purchase, answer)).toEqual({ kind: 'challenge_unknown' })
})

test('a replayed answer under a fresh challenge is refused', async () => {
  const { phone } = await register(world, 'resident')
  const first = await signInOptions(world.purchase, { audience: 'resident' })
  const response = phone.get(first.options, origins.resident.origin)
  const { challengeId } = await signInOptions(world.purchase, { audience: 'resident' })
  expect(await signIn(world.purchase, { audience: 'resident', challengeId, response })).toEqual({
    kind: 'passkey_refused',
  })
})

test('a refused answer has spent its challenge', async () => {
  const { phone } = await register(world, 'resident')
  const { challengeId, options } = await signInOptions(world.purchase, { audience: 'resident' })
  const lie = phone.get(options, origins.resident.origin, { userVerified: false })
  const truth = phone.get(options, origins.resident.origin)
  const audience = 'resident'
  expect(await signIn(world.purchase, { audience, challengeId, response: lie })).toEqual({
    kind: 'passkey_refused',
  })
  expect(await signIn(world.purchase, { audience, challengeId, response: truth })).toEqual({
    kind: 'challenge_unknown',
  })
})

test.each([
  [359_999, 'signed_in'],
  [360_000, 'challenge_unknown'],
])('an answer after %i ms is %s', async (ms, kind) => {
  const { phone } = await register(world, 'resident')
  const { challengeId, options } = await signInOptions(world.purchase, { audience: 'resident' })
  const response = phone.get(options, origins.resident.origin)
  world.clock.at += ms
  const outcome = await signIn(world.purchase, { audience: 'resident', challengeId, response })
  expect(outcome.kind).toBe(kind)
})

test('a challenge of another app or another purpose is unknown', async () => {
  const { phone } = await register(world, 'shop')
  const shop = await signInOptions(world.settlement, { audience: 'shop' })
  const response = phone.get(shop.options, origins.staff.origin)
  const elsewhere = { audience: 'staff', challengeId: shop.challengeId, response } as const
  expect(await signIn(world.settlement, elsewhere)).toEqual({ kind: 'challenge_unknown' })

  const begun = await registerOptions(world.settlement, { audience: 'shop' })
  if (begun.kind !== 'ready') throw new Error('not ready')
  const misused = { audience: 'shop', challengeId: begun.challengeId, response } as const
  expect(await signIn(world.settlement, misused)).toEqual({ kind: 'challenge_unknown' })
  const created = softwareAuthenticator().create(begun.options, origins.shop.origin)
  const swapped = { audience: 'shop', challengeId: shop.challengeId, response: created } as const
  expect(await registerPasskey(world.settlement, swapped)).toEqual({ kind: 'challenge_unknown' })
})

test.each(['', 'x', '00000000-0000-0000-0000-000000000000', "'; drop table auth.session; --"])(
  'the challenge id %j is unknown',
  async (challengeId) => {
    const answer = { audience: 'resident', challengeId, response: {} } as const
    expect(await signIn(world.purchase, answer)).toEqual({ kind: 'challenge_unknown' })
    expect(await registerPasskey(world.purchase, answer)).toEqual({ kind: 'challenge_unknown' })
  },
)

test("nobody signs in as another person by naming that person's passkey or account", async () => {
  const thief = await register(world, 'resident')
  const victim = await register(world, 'resident')
  const [own] = victim.phone.state().passkeys
  const { challengeId, options } = await signInOptions(world.purchase, { audience: 'resident' })
  const signed = thief.phone.get(options, origins.resident.origin, {
    userHandle: own?.userHandle ?? '',
  })
  const id = own?.credentialId ?? ''
  const response = { ...signed, id, rawId: id }
  expect(await signIn(world.purchase, { audience: 'resident', challengeId, response })).toEqual({
    kind: 'passkey_refused',
  })
})

test('a deleted passkey signs nobody in', async () => {
  const { phone, accountId } = await register(world, 'resident')
  await world.owner.deleteFrom('auth.credential').where('account_id', '=', accountId).execute()
  expect(await trySignIn(world, 'resident', phone)).toEqual({ kind: 'passkey_refused' })
})

test('the state of the backup may change, and the newest is kept', async () => {
  const { phone, accountId } = await register(world, 'resident')
  expect(
    await trySignIn(world, 'resident', phone, { misbehaviour: { backedUp: false } }),
  ).toMatchObject({ kind: 'signed_in' })
  const kept = await world.owner
    .selectFrom('auth.credential')
    .select('backed_up')
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  expect(kept.backed_up).toBe(false)
})

test.each([
  ['shop', 'resident'],
  ['staff', 'resident'],
  ['resident', 'shop'],
  ['resident', 'staff'],
  ['shop', 'staff'],
] as const)('a passkey of the app %s is refused in words at the app %s', async (home, away) => {
  const { phone } = await register(world, home)
  expect(await trySignIn(world, away, phone)).toEqual({
    kind: 'passkey_of_another_app',
    audience: home,
  })
  expect(await trySignIn(world, away, phone, { misbehaviour: { userVerified: false } })).toEqual({
    kind: 'passkey_refused',
  })
})
