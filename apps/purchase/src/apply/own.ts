import type { Db, Tx } from '@minnaken/db'
import type { Instant } from '@minnaken/domain'
import { sql } from 'kysely'
import type { Receipt } from './receipt.ts'

/** An application as it stands, with the number of its last version. */
export type Application = Readonly<{
  applicationId: string
  applicationNo: string
  units: number
  group: string | null
  household: string | null
  state: 'active' | 'withdrawn'
  changeNo: number
  digest: string
  appliedAt: Instant
  changedAt: Instant
}>

type Whose = Readonly<{ campaignId: string; accountId: string }>

/** Locks a person's application to a campaign, so that its versions are numbered one by one. */
export async function lockApplication(tx: Tx, whose: Whose): Promise<Application | null> {
  const row = await tx
    .selectFrom('sale.application')
    .select('application_id')
    .where('campaign_id', '=', whose.campaignId)
    .where('account_id', '=', whose.accountId)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? null : findApplication(tx, whose)
}

export async function findApplication(
  db: Db | Tx,
  { campaignId, accountId }: Whose,
): Promise<Application | null> {
  const row = await db
    .selectFrom('sale.application as application')
    .innerJoinLateral(
      (last) =>
        last
          .selectFrom('sale.application_change as change')
          .select(['change.change_no', 'change.digest'])
          .whereRef('change.application_id', '=', 'application.application_id')
          .orderBy('change.change_no', 'desc')
          .limit(1)
          .as('change'),
      (join) => join.onTrue(),
    )
    .select([
      'application.application_id as applicationId',
      'application.application_no as applicationNo',
      'application.units_wanted as units',
      'application.group_code as group',
      'application.household',
      sql<Application['state']>`application.state`.as('state'),
      'change.change_no as changeNo',
      'change.digest',
      'application.applied_at',
      'application.changed_at',
    ])
    .where('application.campaign_id', '=', campaignId)
    .where('application.account_id', '=', accountId)
    .executeTakeFirst()
  if (row === undefined) return null
  const { applied_at, changed_at, ...application } = row
  return {
    ...application,
    appliedAt: applied_at.getTime(),
    changedAt: changed_at.getTime(),
  }
}

/** Writes one more version of an application that this transaction has locked. */
export async function recordChange(
  tx: Tx,
  change: Readonly<{
    own: Application
    receipt: Receipt
    changedBy: string
    group: string | null
    household: string | null
  }>,
): Promise<void> {
  const { own, receipt, changedBy, group, household } = change
  const { state, units, changeNo, digest } = receipt
  const at = new Date(receipt.changedAt)
  await tx
    .updateTable('sale.application')
    .set({ state, units_wanted: units, group_code: group, household, changed_at: at })
    .where('application_id', '=', own.applicationId)
    .execute()
  await tx
    .insertInto('sale.application_change')
    .values({
      application_id: own.applicationId,
      change_no: changeNo,
      units_wanted: units,
      state,
      changed_by: changedBy,
      changed_at: at,
      digest,
    })
    .execute()
}
