import type { Tx } from '@minnaken/db'
import { assert, isUuid, uuidv7, type Audience, type Instant } from '@minnaken/domain'
import type { AuthDeps } from './deps.ts'

/** How long a person has for a ceremony, as the browser is told: five minutes, for slow hands. */
export const ceremonyMs = 300_000

/** The answer may still be under way when the browser's time is over. */
const challengeMs = ceremonyMs + 60_000

type Purpose =
  | Readonly<{ purpose: 'sign_in'; audience: Audience }>
  | Readonly<{
      purpose: 'register'
      audience: Audience
      accountId: string
      inviteHash: Uint8Array | null
    }>

/**
 * Remembers a challenge of 32 random bytes that a passkey may answer once.
 *
 * Clears away up to ten that nobody answered, so the table stays small without a job.
 */
export async function makeChallenge(
  tx: Tx,
  { now, randomBytes }: Pick<AuthDeps, 'now' | 'randomBytes'>,
  purpose: Purpose,
): Promise<Readonly<{ challengeId: string; challenge: Uint8Array<ArrayBuffer> }>> {
  const at = now()
  const challenge = new Uint8Array(randomBytes(32))
  assert(challenge.length === 32, 'a challenge has 32 bytes')
  const challengeId = uuidv7(at, randomBytes(10))
  await tx
    .deleteFrom('auth.challenge')
    .where('challenge_id', 'in', (expired) =>
      expired
        .selectFrom('auth.challenge')
        .select('challenge_id')
        .where('expires_at', '<=', new Date(at))
        .limit(10)
        .forUpdate()
        .skipLocked(),
    )
    .execute()
  await tx
    .insertInto('auth.challenge')
    .values({
      challenge_id: challengeId,
      challenge: Buffer.from(challenge),
      purpose: purpose.purpose,
      audience: purpose.audience,
      account_id: purpose.purpose === 'register' ? purpose.accountId : null,
      invite_hash:
        purpose.purpose === 'register' && purpose.inviteHash !== null
          ? Buffer.from(purpose.inviteHash)
          : null,
      created_at: new Date(at),
      expires_at: new Date(at + challengeMs),
    })
    .execute()
  return { challengeId, challenge }
}

export type TakenChallenge = Readonly<{
  challenge: string
  accountId: string | null
  inviteHash: Buffer | null
}>

/**
 * Takes a challenge out of the table, so that nobody can answer it again whatever comes next.
 *
 * Null when it was used, is over, or was made for another app or another purpose; one made for
 * another app stays where it is.
 */
export async function takeChallenge(
  tx: Tx,
  asked: Readonly<{
    challengeId: string
    purpose: Purpose['purpose']
    audience: Audience
    at: Instant
  }>,
): Promise<TakenChallenge | null> {
  if (!isUuid(asked.challengeId)) return null
  const taken = await tx
    .deleteFrom('auth.challenge')
    .where('challenge_id', '=', asked.challengeId)
    .where('purpose', '=', asked.purpose)
    .where('audience', '=', asked.audience)
    .returning(['challenge', 'account_id', 'invite_hash', 'expires_at'])
    .executeTakeFirst()
  if (taken === undefined || taken.expires_at.getTime() <= asked.at) return null
  return {
    challenge: taken.challenge.toString('base64url'),
    accountId: taken.account_id,
    inviteHash: taken.invite_hash,
  }
}
