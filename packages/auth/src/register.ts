import type { Tx } from '@minnaken/db'
import { uuidv7, type Audience } from '@minnaken/domain'
import { creationOptions, type RegisterCeremony } from './ceremony.ts'
import { makeChallenge, takeChallenge, type TakenChallenge } from './challenge.ts'
import type { AccountRole, AuthDeps } from './deps.ts'
import { standingInvite, useInvite } from './invite.ts'
import {
  passkeyRefused,
  proveRegistration,
  type PasskeyRefused,
  type ProvedRegistration,
} from './proof.ts'
import { openSession, type Session } from './session.ts'
import { hashOfToken } from './token.ts'

/** An invitation that is used, over, or was never made: which of them is nobody's business. */
export type InviteInvalid = Readonly<{ kind: 'invite_invalid' }>

/** A challenge that is used, over, or was made for another app. */
export type ChallengeUnknown = Readonly<{ kind: 'challenge_unknown' }>

export type RegisterOptionsOutcome =
  | (Readonly<{ kind: 'ready' }> & RegisterCeremony)
  | InviteInvalid

export type RegisterOutcome =
  | Readonly<{ kind: 'registered'; accountId: string; role: AccountRole; session: Session }>
  | ChallengeUnknown
  | PasskeyRefused
  | InviteInvalid

/** Whom an app admits: residents and shop owners by themselves, staff by invitation. */
export type Joining =
  | Readonly<{ audience: 'resident' | 'shop' }>
  | Readonly<{ audience: 'staff'; inviteToken: string }>

/** Begins a registration: what the browser is to make a passkey for. Nothing exists yet after it. */
export async function registerOptions(
  deps: AuthDeps,
  joining: Joining,
): Promise<RegisterOptionsOutcome> {
  return deps.db.transaction().execute(async (tx): Promise<RegisterOptionsOutcome> => {
    const at = deps.now()
    const { audience } = joining
    const inviteHash = joining.audience === 'staff' ? hashOfToken(joining.inviteToken) : null
    const role = await roleOf(tx, { audience, inviteHash, at })
    if (role === null) return { kind: 'invite_invalid' }

    const accountId = uuidv7(at, deps.randomBytes(10))
    const { challengeId, challenge } = await makeChallenge(tx, deps, {
      purpose: 'register',
      audience,
      accountId,
      inviteHash,
    })
    const origin = deps.origins[audience]
    const options = await creationOptions({ challenge, accountId, role, origin, at })
    return { kind: 'ready', challengeId, options }
  })
}

/**
 * Ends a registration: the passkey is checked, and the account, its passkey and its first session
 * are written together, or nothing is.
 *
 * The challenge is spent whatever comes of it; an invitation only when an account was made.
 */
export async function registerPasskey(
  deps: AuthDeps,
  answer: Readonly<{
    audience: Audience
    challengeId: string
    /** What `navigator.credentials.create()` gave, as JSON. */
    response: unknown
    /** The session token that came with the request, if any. */
    previousToken?: string | undefined
  }>,
): Promise<RegisterOutcome> {
  return deps.db.transaction().execute(async (tx): Promise<RegisterOutcome> => {
    const at = deps.now()
    const { audience, challengeId, previousToken } = answer
    const taken = await takeChallenge(tx, { challengeId, purpose: 'register', audience, at })
    if (taken === null || taken.accountId === null) return { kind: 'challenge_unknown' }
    const { accountId, inviteHash } = taken

    const proved = await proveRegistration({
      json: answer.response,
      challenge: taken.challenge,
      at: deps.origins[audience],
    })
    if (proved.kind === 'passkey_refused') return proved

    const role = await roleOf(tx, { audience, inviteHash, at })
    if (role === null) return { kind: 'invite_invalid' }
    if (!(await wasAdded(tx, { accountId, role, audience, inviteHash, proved, at })))
      return passkeyRefused
    if (inviteHash !== null) await useInvite(tx, { hash: inviteHash, at })
    await deps.afterRegister?.(tx, { accountId, role, at })
    const session = await openSession(tx, deps, { accountId, audience, previousToken })
    return { kind: 'registered', accountId, role, session }
  })
}

async function roleOf(
  tx: Tx,
  from: Readonly<{ audience: Audience; inviteHash: Uint8Array | null; at: number }>,
): Promise<AccountRole | null> {
  if (from.audience === 'resident') return 'resident'
  if (from.audience === 'shop') return 'shop_owner'
  return from.inviteHash === null
    ? null
    : await standingInvite(tx, { hash: from.inviteHash, at: from.at })
}

/**
 * Writes the account together with its passkey, in one statement.
 *
 * A passkey that is registered already adds neither: the id of a passkey is the whole world's.
 */
async function wasAdded(
  tx: Tx,
  from: Readonly<{
    accountId: string
    role: AccountRole
    audience: Audience
    inviteHash: TakenChallenge['inviteHash']
    proved: ProvedRegistration
    at: number
  }>,
): Promise<boolean> {
  const { accountId, proved } = from
  const createdAt = new Date(from.at)
  const added = await tx
    .with('passkey', (db) =>
      db
        .insertInto('auth.credential')
        .values({
          credential_id: proved.credentialId,
          account_id: accountId,
          audience: from.audience,
          public_key: Buffer.from(proved.publicKey),
          counter: proved.counter,
          backup_eligible: proved.backupEligible,
          backed_up: proved.backedUp,
          transports: [...proved.transports],
          created_at: createdAt,
        })
        .onConflict((same) => same.doNothing())
        .returning('account_id'),
    )
    .insertInto('auth.account')
    .columns(['account_id', 'role', 'invite_hash', 'created_at'])
    .expression((db) =>
      db
        .selectFrom('passkey')
        .select((eb) => [
          'passkey.account_id',
          eb.val(from.role).as('role'),
          eb.val(from.inviteHash).as('invite_hash'),
          eb.val(createdAt).as('created_at'),
        ]),
    )
    .returning('account_id')
    .executeTakeFirst()
  return added !== undefined
}
