import { inTransaction, isUniqueViolation } from '@minnaken/db'
import { type Refused, refused } from '@minnaken/http'
import type { Tx } from '@minnaken/db'
import { type Campaign, capOfPerson, type Instant, type JstDate, jstDateOf } from '@minnaken/domain'
import type { OpenCampaign } from '@minnaken/ledger'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { newApplicationNo } from './codes.ts'
import { holdListOpen, type ListRefusal, windowRefusal } from './list.ts'
import { type Application, findApplication, lockApplication, recordChange } from './own.ts'
import { ageOn, householdOf, personKeyOf } from './person.ts'
import { type Receipt, receiptOf } from './receipt.ts'

export type Wish = Readonly<{
  units: number
  group: string
  name: string
  nameKana: string
  birthDate: JstDate
  address: string
}>

export type EligibilityRefusal =
  | Readonly<{ kind: 'not_eligible'; rule: 'group'; groups: readonly string[] }>
  | Readonly<{ kind: 'not_eligible'; rule: 'min_age'; minAge: number }>
  | Readonly<{ kind: 'units_over_cap'; cap: number }>

/** Ordered: when several apply, the first is the one reported. */
type ApplyRefusal =
  | ListRefusal
  | EligibilityRefusal
  | Readonly<{ kind: 'already_applied'; applicationNo: string }>
  | Readonly<{ kind: 'person_already_applied' }>

export type ApplyOutcome = Readonly<{ kind: 'applied'; receipt: Receipt }> | Refused<ApplyRefusal>

/**
 * Takes an application. One a person and one an account: the first counts.
 *
 * A wish is one more row and touches no counter, so a rush of applicants waits for nobody.
 * Whoever withdrew may apply again until the end, under the same number.
 */
export async function apply(
  deps: Deps,
  { campaignId, campaign }: OpenCampaign,
  { accountId, wish }: Readonly<{ accountId: string; wish: Wish }>,
): Promise<ApplyOutcome> {
  const early =
    windowRefusal(campaign, deps.now()) ?? eligibilityRefusal(campaign, wish, deps.now())
  if (early !== null) return refused(early)
  try {
    return await applyOnce(deps, { campaignId, campaign }, { accountId, wish })
  } catch (error) {
    // The same person renewed another application at the same moment: now it can be seen.
    if (!isUniqueViolation(error, 'applicant_applies_once')) throw error
    return refused({ kind: 'person_already_applied' })
  }
}

const applyOnce = (
  deps: Deps,
  { campaignId, campaign }: OpenCampaign,
  { accountId, wish }: Readonly<{ accountId: string; wish: Wish }>,
): Promise<ApplyOutcome> =>
  inTransaction(deps.db, async (tx): Promise<ApplyOutcome> => {
    const frozen = await holdListOpen(tx, campaignId)
    const at = deps.now()
    const closed = windowRefusal(campaign, at) ?? frozen
    if (closed !== null) return refused(closed)

    const own = await lockApplication(tx, { campaignId, accountId })
    if (own?.state === 'active')
      return refused({ kind: 'already_applied', applicationNo: own.applicationNo })
    const version = {
      campaign: campaign.id,
      applicationNo: own?.applicationNo ?? newApplicationNo(deps.randomBytes),
      units: wish.units,
      group: wish.group,
      state: 'active',
      changeNo: (own?.changeNo ?? 0) + 1,
      appliedAt: own?.appliedAt ?? at,
      changedAt: at,
    } as const
    const household = campaign.caps.perHouseholdUnits === null ? null : householdOf(wish.address)
    const facts = { campaignId, accountId, wish, household, receipt: receiptOf(version), at }
    const applicationId = own?.applicationId ?? deps.newId()
    const wasTaken =
      own === null ? await wasAdded(tx, applicationId, facts) : await wasRenewed(tx, own, facts)
    if (wasTaken) return { kind: 'applied', receipt: facts.receipt }
    // A second tap that came at the same moment finds the first one.
    const first = await findApplication(tx, { campaignId, accountId })
    return first === null || first.applicationId === applicationId
      ? refused({ kind: 'person_already_applied' })
      : refused({ kind: 'already_applied', applicationNo: first.applicationNo })
  })

/** Whether a person may apply at all, and for so many units. The age is that of the day. */
function eligibilityRefusal(
  campaign: Campaign,
  wish: Readonly<{ units: number; group: string; birthDate: JstDate }>,
  at: Instant,
): EligibilityRefusal | null {
  const { groups, minAge } = campaign.eligibility
  if (!groups.includes(wish.group)) return { kind: 'not_eligible', rule: 'group', groups }
  if (ageOn(wish.birthDate, jstDateOf(at)) < minAge)
    return { kind: 'not_eligible', rule: 'min_age', minAge }
  const cap = capOfPerson(campaign, wish.group)
  return wish.units > cap ? { kind: 'units_over_cap', cap } : null
}

type Facts = Readonly<{
  campaignId: string
  accountId: string
  wish: Wish
  household: string | null
  receipt: Receipt
  at: Instant
}>

/** Writes the wish, the person and the first version in one statement; false when the person is there. */
async function wasAdded(tx: Tx, applicationId: string, facts: Facts): Promise<boolean> {
  const { campaignId, accountId, wish, household, receipt } = facts
  const at = new Date(facts.at)
  const { rows } = await sql<{ was_added: boolean }>`
    with application as (
      insert into sale.application (application_id, campaign_id, application_no, account_id,
        group_code, household, units_wanted, state, applied_at, changed_at)
      values (${applicationId}, ${campaignId}, ${receipt.applicationNo}, ${accountId},
        ${wish.group}, ${household}, ${wish.units}, 'active', ${at}, ${at})
      on conflict (campaign_id, account_id) do nothing
      returning application_id
    ), person as (
      insert into sale.applicant (application_id, campaign_id, name, name_kana, birth_date, address,
        person_key)
      select application_id, ${campaignId}::uuid, ${wish.name}, ${wish.nameKana},
        ${wish.birthDate}::date, ${wish.address}, ${personKeyOf(wish)}::bytea
      from application
      on conflict (campaign_id, person_key) do nothing
      returning application_id
    ), change as (
      insert into sale.application_change (application_id, change_no, units_wanted, state,
        changed_by, changed_at, digest)
      select application_id, ${receipt.changeNo}::int, ${wish.units}::int, 'active',
        ${accountId}::uuid, ${at}::timestamptz, ${receipt.digest}
      from application
    )
    select exists (select from person) as was_added`.execute(tx)
  return rows[0]?.was_added === true
}

/** Makes a withdrawn application active again, perhaps with other data of the same account. */
async function wasRenewed(tx: Tx, own: Application, facts: Facts): Promise<boolean> {
  const { campaignId, accountId, wish, household, receipt } = facts
  const key = personKeyOf(wish)
  const other = await tx
    .selectFrom('sale.applicant')
    .select('application_id')
    .where('campaign_id', '=', campaignId)
    .where('person_key', '=', key)
    .where('application_id', '<>', own.applicationId)
    .executeTakeFirst()
  if (other !== undefined) return false
  await tx
    .updateTable('sale.applicant')
    .set({
      name: wish.name,
      name_kana: wish.nameKana,
      birth_date: wish.birthDate,
      address: wish.address,
      person_key: key,
    })
    .where('application_id', '=', own.applicationId)
    .execute()
  await recordChange(tx, { own, receipt, changedBy: accountId, group: wish.group, household })
  return true
}
