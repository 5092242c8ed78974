import { randomBytes } from 'node:crypto'
import { testDatabase } from '@minnaken/db/testing'
import type { Db } from '@minnaken/db'
import { assert, type Audience, type Instant } from '@minnaken/domain'
import {
  createInvite,
  registerOptions,
  registerPasskey,
  signIn,
  signInOptions,
  type AuthDeps,
  type InvitedRole,
  type RegisterOutcome,
  type SignInOutcome,
} from '../src/index.ts'
import {
  softwareAuthenticator,
  type Misbehaviour,
  type SoftwareAuthenticator,
} from '../src/software-authenticator.ts'

/** One domain for all apps, as on one machine: the hardest case for telling them apart. */
export const origins = {
  resident: { origin: 'http://localhost:8787', rpId: 'localhost' },
  shop: { origin: 'http://localhost:8789', rpId: 'localhost' },
  staff: { origin: 'http://localhost:8790', rpId: 'localhost' },
} as const

/** A database, the services of the three apps on it as their own roles, and a clock to move. */
export async function openWorld() {
  const database = await testDatabase()
  const clock = { at: Date.parse('2027-02-01T10:00:00+09:00') }
  const common = { now: (): Instant => clock.at, randomBytes, origins }
  const purchase: AuthDeps = { ...common, db: database.connectAs('purchase').db }
  const settlement: AuthDeps = { ...common, db: database.connectAs('settlement').db }
  const serving = (audience: Audience): AuthDeps =>
    audience === 'resident' ? purchase : settlement
  return { ...database, clock, purchase, settlement, serving }
}

export type World = Awaited<ReturnType<typeof openWorld>>

export const invite = async (db: Db, world: World, role: InvitedRole = 'clerk'): Promise<string> =>
  (await createInvite(db, world.settlement, { role, madeBy: 'test' })).token

/** Registers as a browser would, with an invitation where the app asks for one. */
export async function tryRegister(
  world: World,
  audience: Audience,
  phone: SoftwareAuthenticator,
  given: Readonly<{
    misbehaviour?: Misbehaviour
    role?: InvitedRole
    origin?: string
    previousToken?: string
  }> = {},
): Promise<RegisterOutcome> {
  const deps = world.serving(audience)
  const begun = await registerOptions(
    deps,
    audience === 'staff'
      ? { audience, inviteToken: await invite(world.owner, world, given.role) }
      : { audience },
  )
  assert(begun.kind === 'ready', 'the ceremony can begin')
  const origin = given.origin ?? origins[audience].origin
  return registerPasskey(deps, {
    audience,
    challengeId: begun.challengeId,
    response: phone.create(begun.options, origin, given.misbehaviour),
    previousToken: given.previousToken,
  })
}

export async function register(
  world: World,
  audience: Audience,
  phone: SoftwareAuthenticator = softwareAuthenticator(),
) {
  const outcome = await tryRegister(world, audience, phone)
  assert(outcome.kind === 'registered', `registered and not ${outcome.kind}`)
  return { ...outcome, phone }
}

/** Signs in as a browser would. */
export async function trySignIn(
  world: World,
  audience: Audience,
  phone: SoftwareAuthenticator,
  given: Readonly<{ misbehaviour?: Misbehaviour; origin?: string; previousToken?: string }> = {},
): Promise<SignInOutcome> {
  const deps = world.serving(audience)
  const { challengeId, options } = await signInOptions(deps, { audience })
  const origin = given.origin ?? origins[audience].origin
  return signIn(deps, {
    audience,
    challengeId,
    response: phone.get(options, origin, given.misbehaviour),
    previousToken: given.previousToken,
  })
}

/** A session that somebody had until a moment, or has. */
export async function putSession(
  { owner }: World,
  session: Readonly<{ accountId: string; audience: Audience; expiresAt: Instant }>,
): Promise<void> {
  const { accountId, audience, expiresAt } = session
  await owner
    .insertInto('auth.session')
    .values({
      token_hash: randomBytes(32),
      account_id: accountId,
      audience,
      created_at: new Date(expiresAt - 1),
      expires_at: new Date(expiresAt),
    })
    .execute()
}
