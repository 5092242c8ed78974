import { inTransaction } from '@minnaken/db'
import { type Refused, refused } from '@minnaken/http'
import { capOfPerson } from '@minnaken/domain'
import type { OpenCampaign } from '@minnaken/ledger'
import type { Deps } from '../deps.ts'
import type { EligibilityRefusal } from './apply.ts'
import { holdListOpen, type ListRefusal, windowRefusal } from './list.ts'
import { type Application, lockApplication, recordChange } from './own.ts'
import { type Receipt, receiptOf } from './receipt.ts'

type ChangeRefusal =
  | ListRefusal
  | Readonly<{ kind: 'not_applied' }>
  | Extract<EligibilityRefusal, { kind: 'units_over_cap' }>

export type ChangeOutcome = Readonly<{ kind: 'changed'; receipt: Receipt }> | Refused<ChangeRefusal>

/** Changes how many units are wished for; asking for what it is already writes nothing. */
export const changeUnits = (
  deps: Deps,
  open: OpenCampaign,
  { accountId, units }: Readonly<{ accountId: string; units: number }>,
): Promise<ChangeOutcome> =>
  changeOwn(deps, open, {
    accountId,
    wanted: () => ({ units, state: 'active' }),
  })

/** Withdraws the application. The person may apply again until the end. */
export const withdraw = (
  deps: Deps,
  open: OpenCampaign,
  { accountId }: Readonly<{ accountId: string }>,
): Promise<ChangeOutcome> =>
  changeOwn(deps, open, {
    accountId,
    wanted: (own) => ({ units: own.units, state: 'withdrawn' }),
  })

type Wanted = Pick<Application, 'units' | 'state'>

async function changeOwn(
  deps: Deps,
  { campaignId, campaign }: OpenCampaign,
  { accountId, wanted }: Readonly<{ accountId: string; wanted: (own: Application) => Wanted }>,
): Promise<ChangeOutcome> {
  return inTransaction(deps.db, async (tx): Promise<ChangeOutcome> => {
    const frozen = await holdListOpen(tx, campaignId)
    const at = deps.now()
    const closed = windowRefusal(campaign, at) ?? frozen
    if (closed !== null) return refused(closed)

    const own = await lockApplication(tx, { campaignId, accountId })
    if (own === null) return refused({ kind: 'not_applied' })
    const { units, state } = wanted(own)
    if (units === own.units && state === own.state)
      return { kind: 'changed', receipt: receiptShown(campaign.id, own) }
    if (own.state === 'withdrawn') return refused({ kind: 'not_applied' })
    const cap = capOfPerson(campaign, own.group)
    if (units !== own.units && units > cap) return refused({ kind: 'units_over_cap', cap })

    const { applicationNo, appliedAt, group, household } = own
    const receipt = receiptOf({
      campaign: campaign.id,
      applicationNo,
      units,
      group,
      state,
      changeNo: own.changeNo + 1,
      appliedAt,
      changedAt: at,
    })
    await recordChange(tx, { own, receipt, changedBy: accountId, group, household })
    // The person may come back under another account, so the key is free again.
    if (state === 'withdrawn')
      await tx
        .updateTable('sale.applicant')
        .set({ person_key: null })
        .where('application_id', '=', own.applicationId)
        .execute()
    return { kind: 'changed', receipt }
  })
}

/** The receipt of the last version. */
export const receiptShown = (campaign: string, own: Application): Receipt => ({
  campaign,
  applicationNo: own.applicationNo,
  units: own.units,
  group: own.group,
  state: own.state,
  changeNo: own.changeNo,
  appliedAt: own.appliedAt,
  changedAt: own.changedAt,
  digest: own.digest,
})
