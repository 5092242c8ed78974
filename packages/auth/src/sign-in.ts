import type { Tx } from '@minnaken/db'
import type { Audience, Instant } from '@minnaken/domain'
import { sql } from 'kysely'
import { requestOptions, type SignInCeremony } from './ceremony.ts'
import { makeChallenge, takeChallenge } from './challenge.ts'
import type { AccountRole, AuthDeps } from './deps.ts'
import { readAssertion } from './passkey-json.ts'
import {
  passkeyRefused,
  proveAssertion,
  type PasskeyRefused,
  type ProvedAssertion,
} from './proof.ts'
import type { ChallengeUnknown } from './register.ts'
import { openSession, type Session } from './session.ts'
import { userHandleOf } from './user-handle.ts'

/**
 * Why somebody who proved to hold a passkey is not signed in with it all the same.
 * Nobody else is told any of this.
 */
export type SignInRefusal =
  | Readonly<{ kind: 'passkey_of_another_app'; audience: Audience }>
  | Readonly<{ kind: 'account_stopped'; since: Instant }>
  /** Its counter went back, so there may be a copy: a shop or member of staff asks for a new one. */
  | Readonly<{ kind: 'counter_regressed' }>
  /** The same for a resident, who gets in by another passkey or by the help desk's two checks. */
  | Readonly<{ kind: 'step_up_needed' }>

export type SignInOutcome =
  | Readonly<{ kind: 'signed_in'; accountId: string; role: AccountRole; session: Session }>
  | ChallengeUnknown
  | PasskeyRefused
  | SignInRefusal

/** Begins a sign-in. Nobody says who they are: the phone offers the passkeys it has for us. */
export async function signInOptions(
  deps: AuthDeps,
  { audience }: Readonly<{ audience: Audience }>,
): Promise<SignInCeremony> {
  const { challengeId, challenge } = await deps.db
    .transaction()
    .execute((tx) => makeChallenge(tx, deps, { purpose: 'sign_in', audience }))
  const options = await requestOptions({ challenge, origin: deps.origins[audience] })
  return { challengeId, options }
}

/**
 * Signs somebody in by their passkey, under a new session.
 *
 * Whether a passkey is known is not told to anybody who cannot use it: an unknown one, one with a
 * bad signature and one that proves nothing get the same answer after the same work.
 */
export async function signIn(
  deps: AuthDeps,
  answer: Readonly<{
    audience: Audience
    challengeId: string
    /** What `navigator.credentials.get()` gave, as JSON. */
    response: unknown
    /** The session token that came with the request, if any. */
    previousToken?: string | undefined
  }>,
): Promise<SignInOutcome> {
  return deps.db.transaction().execute(async (tx): Promise<SignInOutcome> => {
    const at = deps.now()
    const { audience, challengeId, previousToken } = answer
    const taken = await takeChallenge(tx, { challengeId, purpose: 'sign_in', audience, at })
    if (taken === null) return { kind: 'challenge_unknown' }

    const passkey = await findPasskey(tx, readAssertion(answer.response)?.id ?? '')
    const proved = await proveAssertion({
      json: answer.response,
      challenge: taken.challenge,
      at: deps.origins[audience],
      passkey,
    })
    if (proved.kind === 'passkey_refused' || passkey === undefined) return passkeyRefused

    if (passkey.audience !== audience)
      return { kind: 'passkey_of_another_app', audience: passkey.audience }
    if (passkey.stoppedAt !== null)
      return { kind: 'account_stopped', since: passkey.stoppedAt.getTime() }
    if (!(await hasMovedOn(tx, { passkey, proved, at })))
      return { kind: audience === 'resident' ? 'step_up_needed' : 'counter_regressed' }

    const { accountId, role } = passkey
    const session = await openSession(tx, deps, { accountId, audience, previousToken })
    return { kind: 'signed_in', accountId, role, session }
  })
}

type FoundPasskey = NonNullable<Awaited<ReturnType<typeof findPasskey>>>

async function findPasskey(tx: Tx, credentialId: string) {
  const row = await tx
    .selectFrom('auth.credential as credential')
    .innerJoin('auth.account as account', 'account.account_id', 'credential.account_id')
    .select([
      'credential.credential_id as credentialId',
      'credential.public_key as publicKey',
      'credential.backup_eligible as backupEligible',
      'account.account_id as accountId',
      'account.stopped_at as stoppedAt',
      sql<Audience>`credential.audience`.as('audience'),
      sql<AccountRole>`account.role`.as('role'),
    ])
    .where('credential.credential_id', '=', credentialId)
    .executeTakeFirst()
  return row === undefined
    ? undefined
    : { ...row, userHandle: userHandleOf(row.accountId).toString('base64url') }
}

/**
 * Records the use of a passkey, and tells whether its counter moved on.
 *
 * A counter that stays at 0 counts nothing, as with passkeys that are synced between phones.
 * Otherwise each use counts higher than the one before. One that does not is kept as a sign of a
 * copied key; the counter we hold stays as it is, so the honest passkey still works.
 */
async function hasMovedOn(
  tx: Tx,
  {
    passkey,
    proved,
    at,
  }: Readonly<{ passkey: FoundPasskey; proved: ProvedAssertion; at: Instant }>,
): Promise<boolean> {
  const { counter, backedUp } = proved
  const used = await tx
    .updateTable('auth.credential')
    .set({ counter, backed_up: backedUp, last_used_at: new Date(at) })
    .where('credential_id', '=', passkey.credentialId)
    .where((row) => row.or([row('counter', '=', 0), row('counter', '<', counter)]))
    .returning('credential_id')
    .executeTakeFirst()
  if (used !== undefined) return true
  await tx
    .updateTable('auth.credential')
    .set({ counter_regressed_at: new Date(at) })
    .where('credential_id', '=', passkey.credentialId)
    .execute()
  return false
}
