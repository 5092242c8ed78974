import { afterAll, beforeAll, expect, test } from 'vitest'
import { inviteLink, inviteMs, registerOptions, registerPasskey } from '../src/index.ts'
import { softwareAuthenticator } from '../src/software-authenticator.ts'
import { invite, openWorld, origins, register, tryRegister, type World } from './_world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.drop())

/** Begins with an invitation and answers later. */
async function begin(inviteToken: string) {
  const begun = await registerOptions(world.settlement, { audience: 'staff', inviteToken })
  if (begun.kind !== 'ready') throw new Error(begun.kind)
  const answer = {
    audience: 'staff',
    challengeId: begun.challengeId,
    response: softwareAuthenticator().create(begun.options, origins.staff.origin),
  } as const
  return () => registerPasskey(world.settlement, answer)
}

const refused = { kind: 'invite_invalid' }
const begins = (inviteToken: string) =>
  registerOptions(world.settlement, { audience: 'staff', inviteToken })

test.each(['clerk', 'approver', 'auditor'] as const)(
  'an invitation for a %s makes one',
  async (role) => {
    const phone = softwareAuthenticator()
    expect(await tryRegister(world, 'staff', phone, { role })).toMatchObject({
      kind: 'registered',
      role,
    })
  },
)

test('an invitation works once: ten who answer it at once make one account', async () => {
  const token = await invite(world.owner, world)
  const answers = await Promise.all(Array.from({ length: 10 }, () => begin(token)))
  const outcomes = await Promise.all(answers.map((answer) => answer()))
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual([
    ...Array.from({ length: 9 }, () => 'invite_invalid'),
    'registered',
  ])
  expect(await begins(token)).toEqual(refused)
})

test('an invitation that is over by the time of the answer makes no account', async () => {
  const token = await invite(world.owner, world)
  world.clock.at += inviteMs - 1
  const answer = await begin(token)
  world.clock.at += 1
  expect(await answer()).toEqual(refused)
  expect(await begins(token)).toEqual(refused)
})

test.each(['', 'x', 'A'.repeat(43)])('the invitation %j is refused', async (token) => {
  expect(await begins(token)).toEqual(refused)
})

test('a refused passkey does not use the invitation up', async () => {
  const token = await invite(world.owner, world)
  const begun = await begins(token)
  if (begun.kind !== 'ready') throw new Error(begun.kind)
  const response = softwareAuthenticator().create(begun.options, origins.shop.origin)
  const { challengeId } = begun
  expect(
    await registerPasskey(world.settlement, { audience: 'staff', challengeId, response }),
  ).toEqual({ kind: 'passkey_refused' })
  const answer = await begin(token)
  expect(await answer()).toMatchObject({ kind: 'registered', role: 'clerk' })
})

test('what is stored of an invitation is not its token', async () => {
  const token = await invite(world.owner, world)
  const stored = await world.owner.selectFrom('auth.invite').selectAll().execute()
  expect(JSON.stringify(stored)).not.toContain(token)
  expect(stored.map(({ token_hash: hash }) => hash.toString('base64url'))).not.toContain(token)
})

test('a link keeps its token from every server that it passes', () => {
  expect(new URL(inviteLink(origins.staff.origin, 'secret')).pathname).not.toContain('secret')
})

test('nobody becomes staff without an invitation, nor with the invitation of another role', async () => {
  const { accountId } = await register(world, 'staff')
  const account = world.owner.updateTable('auth.account').where('account_id', '=', accountId)
  await expect(account.set({ invite_hash: null }).execute()).rejects.toThrow('staff_are_invited')
  await expect(account.set({ role: 'approver' }).execute()).rejects.toThrow('foreign key')
})
