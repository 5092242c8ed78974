import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Audience } from '@minnaken/domain'
import {
  authenticate,
  endSession,
  endSessionsOf,
  hashOfToken,
  sessionMs,
  stopAccount,
  type Credentials,
} from '../src/index.ts'
import { openWorld, putSession, register, tryRegister, trySignIn, type World } from './_world.ts'
import { softwareAuthenticator } from '../src/software-authenticator.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.drop())

const audiences = ['resident', 'shop', 'staff'] as const

/** Who a service of ours takes the bearer of these tokens for. */
const whoIs = (credentials: Credentials) =>
  authenticate(world.purchase)(credentials, ['resident', 'shop_owner', 'clerk'])

test('what is stored of a session opens nothing', async () => {
  const { session, accountId } = await register(world, 'resident')
  const stored = await world.owner
    .selectFrom('auth.session')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  expect(JSON.stringify(stored)).not.toContain(session.token)
  expect(stored.token_hash.equals(hashOfToken(session.token) ?? Buffer.alloc(0))).toBe(true)
  for (const encoding of ['hex', 'base64url'] as const)
    expect(await whoIs({ resident: stored.token_hash.toString(encoding) })).toBeNull()
})

test.each(audiences)(
  'a session of %s counts for its fixed time, whether it is used or not',
  async (audience) => {
    const { session, accountId, role } = await register(world, audience)
    const from = world.clock.at
    const credentials = { [audience]: session.token }
    world.clock.at = from + sessionMs[audience] - 1
    expect(await whoIs(credentials)).toEqual({ role, accountId, signedInAt: from })
    world.clock.at = from + sessionMs[audience]
    expect(await whoIs(credentials)).toBeNull()
  },
)

test.each(audiences)('ending a session of %s ends it at the server, at once', async (audience) => {
  const { phone, session } = await register(world, audience)
  const other = await trySignIn(world, audience, phone)
  if (other.kind !== 'signed_in') throw new Error(other.kind)
  const { db } = world.serving(audience)
  await endSession(db, { token: session.token, audience, at: world.clock.at })
  expect(await whoIs({ [audience]: session.token })).toBeNull()
  expect(await whoIs({ [audience]: other.session.token })).not.toBeNull()
})

test.each(audiences)('ending every session of a %s ends them on all devices', async (audience) => {
  const { phone, session, accountId } = await register(world, audience)
  const neighbour = await register(world, audience)
  const other = await trySignIn(world, audience, phone)
  if (other.kind !== 'signed_in') throw new Error(other.kind)
  await endSessionsOf(world.serving(audience).db, { accountId, at: world.clock.at })
  expect(await whoIs({ [audience]: session.token })).toBeNull()
  expect(await whoIs({ [audience]: other.session.token })).toBeNull()
  expect(await whoIs({ [audience]: neighbour.session.token })).not.toBeNull()
  expect(await trySignIn(world, audience, phone)).toMatchObject({ kind: 'signed_in' })
})

test('a session is not ended by its token in the cookie of another app', async () => {
  const { session } = await register(world, 'shop')
  const { db } = world.settlement
  await endSession(db, { token: session.token, audience: 'staff', at: world.clock.at })
  expect(await whoIs({ shop: session.token })).not.toBeNull()
})

test.each(audiences)(
  'a stopped %s is nobody from the next request on, and does not sign in',
  async (audience) => {
    const { phone, session, accountId } = await register(world, audience)
    const { db } = world.serving(audience)
    const at = world.clock.at
    await db.transaction().execute((tx) => stopAccount(tx, { accountId, at }))
    expect(await whoIs({ [audience]: session.token })).toBeNull()
    world.clock.at += 1000
    await db.transaction().execute((tx) => stopAccount(tx, { accountId, at: world.clock.at }))
    expect(await trySignIn(world, audience, phone)).toEqual({ kind: 'account_stopped', since: at })
  },
)

/** Marks an account as stopped or not, and leaves its sessions alone. */
const mark = (accountId: string, stoppedAt: Date | null) =>
  world.owner
    .updateTable('auth.account')
    .set({ stopped_at: stoppedAt })
    .where('account_id', '=', accountId)
    .execute()

test('a session that opened while its account was being stopped counts for nothing', async () => {
  const { session, accountId } = await register(world, 'resident')
  await mark(accountId, new Date(world.clock.at))
  expect(await whoIs({ resident: session.token })).toBeNull()
})

test('the sessions of a stopped account stay ended, whatever becomes of the account', async () => {
  const { session, accountId } = await register(world, 'resident')
  await world.purchase.db
    .transaction()
    .execute((tx) => stopAccount(tx, { accountId, at: world.clock.at }))
  await mark(accountId, null)
  expect(await whoIs({ resident: session.token })).toBeNull()
})

test('a role that is taken away is gone at the next request', async () => {
  const { session, accountId } = await register(world, 'staff')
  const asApprover = () => authenticate(world.settlement)({ staff: session.token }, ['approver'])
  expect(await asApprover()).toMatchObject({ role: 'clerk', accountId })
  await world.settlement.db
    .transaction()
    .execute((tx) => stopAccount(tx, { accountId, at: world.clock.at }))
  expect(await asApprover()).toBeNull()
})

test.each(audiences)(
  'signing in at %s makes a new token and ends the old one',
  async (audience) => {
    const { phone, session } = await register(world, audience)
    const again = await trySignIn(world, audience, phone, { previousToken: session.token })
    if (again.kind !== 'signed_in') throw new Error(again.kind)
    expect(again.session.token).not.toBe(session.token)
    expect(await whoIs({ [audience]: session.token })).toBeNull()
    expect(await whoIs({ [audience]: again.session.token })).not.toBeNull()
  },
)

test('a token that was planted in the browser never becomes a session', async () => {
  const planted = randomBytes(32).toString('base64url')
  const phone = softwareAuthenticator()
  const registered = await tryRegister(world, 'resident', phone, { previousToken: planted })
  const signedIn = await trySignIn(world, 'resident', phone, { previousToken: planted })
  expect([registered.kind, signedIn.kind]).toEqual(['registered', 'signed_in'])
  expect(await whoIs({ resident: planted })).toBeNull()
})

test("signing in with another person's token in the cookie ends that session and takes nothing over", async () => {
  const attacker = await register(world, 'resident')
  const phone = softwareAuthenticator()
  const victim = await tryRegister(world, 'resident', phone, {
    previousToken: attacker.session.token,
  })
  if (victim.kind !== 'registered') throw new Error(victim.kind)
  expect(await whoIs({ resident: attacker.session.token })).toBeNull()
  expect(await whoIs({ resident: victim.session.token })).toMatchObject({
    role: 'resident',
    accountId: victim.accountId,
  })
})

test.each(audiences)(
  'a token of %s is worth nothing in the cookie of another app',
  async (home) => {
    const { session } = await register(world, home)
    for (const away of audiences.filter((audience: Audience) => audience !== home))
      expect(await whoIs({ [away]: session.token })).toBeNull()
    expect(await whoIs({ bearer: session.token })).toBeNull()
  },
)

test.each(['', 'x', 'A'.repeat(43), 'A'.repeat(44), "' or true --", '\0'.repeat(43)])(
  'the token %j is nobody',
  async (token) => {
    expect(await whoIs({ resident: token, shop: token, staff: token, bearer: token })).toBeNull()
  },
)

test.each(audiences)('sessions of %s that ended long ago are cleared away', async (audience) => {
  const { phone, accountId } = await register(world, audience)
  const day = 86_400_000
  const put = (expiresAt: number) => putSession(world, { accountId, audience, expiresAt })
  const ago = Math.min(world.clock.at, Date.now()) - 90 * day
  const [recent, long] = [ago + 2 * day, ago - 2 * day]
  for (let n = 0; n < 12; n++) await put(long)
  await put(recent)
  const left = async () => {
    const rows = await world.owner
      .selectFrom('auth.session')
      .select('expires_at')
      .where('account_id', '=', accountId)
      .execute()
    const ends = rows.map((row) => row.expires_at.getTime())
    return [ends.filter((end) => end === long).length, ends.filter((end) => end === recent).length]
  }
  expect((await trySignIn(world, audience, phone)).kind).toBe('signed_in')
  expect(await left()).toEqual([2, 1])
  expect((await trySignIn(world, audience, phone)).kind).toBe('signed_in')
  expect(await left()).toEqual([0, 1])
})
