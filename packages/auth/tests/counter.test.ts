import { afterAll, beforeAll, expect, test } from 'vitest'
import { softwareAuthenticator } from '../src/software-authenticator.ts'
import { openWorld, register, trySignIn, type World } from './_world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.drop())

test('a passkey that never counts is accepted any number of times', async () => {
  const { phone } = await register(world, 'resident')
  for (let times = 0; times < 3; times++)
    expect(await trySignIn(world, 'resident', phone)).toMatchObject({ kind: 'signed_in' })
})

test('a passkey that counts is accepted as long as it counts on', async () => {
  const { phone } = await register(
    world,
    'staff',
    softwareAuthenticator({ passkeys: [], counts: true }),
  )
  for (let times = 0; times < 3; times++)
    expect(await trySignIn(world, 'staff', phone)).toMatchObject({ kind: 'signed_in' })
})

test.each([
  ['resident', 5, 'step_up_needed'],
  ['resident', 0, 'step_up_needed'],
  ['shop', 5, 'counter_regressed'],
  ['shop', 4, 'counter_regressed'],
  ['shop', 0, 'counter_regressed'],
  ['staff', 5, 'counter_regressed'],
] as const)(
  'at the app %s a counter of %i after 5 is refused as %s, and noted',
  async (audience, counter, kind) => {
    const { phone, accountId } = await register(world, audience)
    const use = (value: number) =>
      trySignIn(world, audience, phone, { misbehaviour: { counter: value } })
    expect(await use(5)).toMatchObject({ kind: 'signed_in' })
    expect(await use(counter)).toEqual({ kind })
    expect(await kept(accountId)).toEqual({
      counter: 5,
      counter_regressed_at: new Date(world.clock.at),
    })
    expect(await use(6)).toMatchObject({ kind: 'signed_in' })
    expect(await sessions(accountId)).toBe(3)
  },
)

test('an answer that proves nothing cannot accuse a passkey of being a copy', async () => {
  const { phone, accountId } = await register(world, 'shop')
  await trySignIn(world, 'shop', phone, { misbehaviour: { counter: 5 } })
  const lie = { counter: 1, userVerified: false }
  expect(await trySignIn(world, 'shop', phone, { misbehaviour: lie })).toEqual({
    kind: 'passkey_refused',
  })
  expect(await kept(accountId)).toEqual({ counter: 5, counter_regressed_at: null })
})

test('of two copies that sign with the same count at once, one gets in', async () => {
  const { phone } = await register(world, 'shop')
  const outcomes = await Promise.all(
    Array.from({ length: 6 }, () =>
      trySignIn(world, 'shop', phone, { misbehaviour: { counter: 9 } }),
    ),
  )
  expect(outcomes.filter(({ kind }) => kind === 'signed_in')).toHaveLength(1)
})

const kept = (accountId: string) =>
  world.owner
    .selectFrom('auth.credential')
    .select(['counter', 'counter_regressed_at'])
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()

const sessions = async (accountId: string): Promise<number> =>
  (
    await world.owner
      .selectFrom('auth.session')
      .select('token_hash')
      .where('account_id', '=', accountId)
      .execute()
  ).length
