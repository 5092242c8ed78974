import { type Refused, refused } from '@minnaken/http'
import { timingSafeEqual } from 'node:crypto'
import { type Tx, isUniqueViolation, inTransaction } from '@minnaken/db'
import type { Deps } from '../deps.ts'
import { receiptShown } from './change.ts'
import { typedClaimCode } from './codes.ts'
import { claimCodeHash } from './keyed.ts'
import { findApplication, lockApplication } from './own.ts'
import type { Receipt } from './receipt.ts'

export type ClaimOutcome =
  | Readonly<{ kind: 'claimed'; receipt: Receipt }>
  | Refused<
      | Readonly<{ kind: 'claim_refused' }>
      | Readonly<{ kind: 'already_applied'; applicationNo: string }>
    >

/**
 * Gives an application that a clerk keyed to the resident who holds its claim code.
 *
 * At any time, also after the draw, because it is how the person sees the result and pays.
 * A wrong code, an unknown number and a code that somebody used have one and the same answer.
 * Claiming one's own again answers as the first time. An application that the person withdrew is
 * in nobody's way: it is given up for this one.
 */
export async function claimApplication(deps: Deps, claim: Claim): Promise<ClaimOutcome> {
  try {
    return await claimOnce(deps, claim)
  } catch (error) {
    // The person claimed another application at the same moment: now that one is found.
    if (!isUniqueViolation(error)) throw error
    return claimOnce(deps, claim)
  }
}

type Claim = Readonly<{
  accountId: string
  campaign: string
  applicationNo: string
  claimCode: string
}>

async function claimOnce(deps: Deps, claim: Claim): Promise<ClaimOutcome> {
  const open = await deps.findCampaign(claim.campaign)
  if (open === null) return refused({ kind: 'claim_refused' })
  const { campaignId } = open
  const { accountId, applicationNo } = claim
  const hash = claimCodeHash(claim.campaign, {
    applicationNo,
    claimCode: typedClaimCode(claim.claimCode),
  })
  return inTransaction(deps.db, async (tx): Promise<ClaimOutcome> => {
    const keyed = await tx
      .selectFrom('sale.application')
      .select(['application_id', 'account_id', 'claim_code_hash'])
      .where('campaign_id', '=', campaignId)
      .where('application_no', '=', applicationNo)
      .forUpdate()
      .executeTakeFirst()
    const isHeld = timingSafeEqual(keyed?.claim_code_hash ?? nobodysHash, hash)
    if (keyed === undefined || !isHeld) return refused({ kind: 'claim_refused' })
    if (keyed.account_id !== null && keyed.account_id !== accountId)
      return refused({ kind: 'claim_refused' })

    const own = await lockApplication(tx, { campaignId, accountId })
    const other = own?.applicationId === keyed.application_id ? null : own
    if (other?.state === 'active')
      return refused({ kind: 'already_applied', applicationNo: other.applicationNo })
    if (other !== null) await belongsTo(tx, { applicationId: other.applicationId, accountId: null })
    if (keyed.account_id === null)
      await belongsTo(tx, { applicationId: keyed.application_id, accountId })
    const claimed = await findApplication(tx, { campaignId, accountId })
    if (claimed === null) throw new Error('an application that was claimed is there')
    return { kind: 'claimed', receipt: receiptShown(claim.campaign, claimed) }
  })
}

const belongsTo = (
  tx: Tx,
  { applicationId, accountId }: Readonly<{ applicationId: string; accountId: string | null }>,
) =>
  tx
    .updateTable('sale.application')
    .set({ account_id: accountId })
    .where('application_id', '=', applicationId)
    .execute()

const nobodysHash = Buffer.alloc(32)
