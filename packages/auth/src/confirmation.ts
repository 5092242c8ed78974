import type { Db, Tx } from '@minnaken/db'
import type { Origin } from './deps.ts'
import { readAssertion } from './passkey-json.ts'
import { proveAssertion } from './proof.ts'
import { userHandleOf } from './user-handle.ts'

/**
 * Whether this resident confirmed, with the own passkey and by finger, face or PIN, exactly what
 * `challenge` stands for.
 *
 * The challenge is not one of ours from a table: it is made of the thing itself, so it cannot be
 * used for anything else, and once more only where the thing itself may be done once more.
 * A wrong answer is false, whatever is wrong with it. Nothing is written.
 */
export async function hasConfirmed(
  db: Db | Tx,
  asked: Readonly<{
    accountId: string
    challenge: Uint8Array
    /** What `navigator.credentials.get()` gave, as JSON. */
    response: unknown
    at: Origin
  }>,
): Promise<boolean> {
  const credentialId = readAssertion(asked.response)?.id
  if (credentialId === undefined) return false
  const row = await db
    .selectFrom('auth.credential')
    .select(['credential_id', 'public_key', 'backup_eligible'])
    .where('credential_id', '=', credentialId)
    .where('account_id', '=', asked.accountId)
    .where('audience', '=', 'resident')
    .executeTakeFirst()
  const proved = await proveAssertion({
    json: asked.response,
    challenge: Buffer.from(asked.challenge).toString('base64url'),
    at: asked.at,
    passkey: row && {
      credentialId: row.credential_id,
      publicKey: row.public_key,
      backupEligible: row.backup_eligible,
      userHandle: userHandleOf(asked.accountId).toString('base64url'),
    },
  })
  return proved.kind === 'proved'
}
