import { inTransaction } from '@minnaken/db'
import { type Refused, refused } from '@minnaken/http'
import type { Tx } from '@minnaken/db'
import type { Campaign, Instant } from '@minnaken/domain'
import type { Fault } from '@minnaken/http'
import type { OpenCampaign } from '@minnaken/ledger'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { sha256 } from '../hashes.ts'
import { newClaimCode } from './codes.ts'
import { faultsOfLines, type KnownLine, type KeyedLine } from './keyed-faults.ts'
import { holdListOpen, type ListRefusal, windowRefusal } from './list.ts'
import { householdOf, householdOfOne, personKeyOf } from './person.ts'
import { receiptDigest } from './receipt.ts'

export type KeyedOutcome =
  | Readonly<{
      kind: 'keyed'
      applications: readonly Readonly<{ applicationNo: string; claimCode: string }>[]
    }>
  | Refused<ListRefusal | Readonly<{ kind: 'keyed_refused'; faults: readonly Fault[] }>>

/**
 * Takes postcards that a clerk typed, all lines or none, up to a thousand at once.
 *
 * They may be typed from the beginning of the window until the list is frozen. A wish above the
 * cap stays as it was written: the draw counts it as the cap. Each gets a claim code, with which
 * the person can take it over by passkey. The same lines again get new codes and change nothing
 * else, so a clerk whose answer was lost sends them once more.
 */
export async function keyApplications(
  deps: Deps,
  open: OpenCampaign,
  keying: Readonly<{ lines: readonly KeyedLine[]; by: string }>,
): Promise<KeyedOutcome> {
  for (let tries = 1; ; tries++) {
    const outcome = await keyOnce(deps, open, keying)
    if (outcome !== 'raced') return outcome
    if (tries === 3) throw new Error('applicants kept coming between the check and the insert')
  }
}

async function keyOnce(
  deps: Deps,
  { campaignId, campaign }: OpenCampaign,
  { lines, by }: Readonly<{ lines: readonly KeyedLine[]; by: string }>,
): Promise<KeyedOutcome | 'raced'> {
  const outcome = await inTransaction(
    deps.db,
    async (tx): Promise<KeyedOutcome | Refused<{ kind: 'raced' }>> => {
      const frozen = await holdListOpen(tx, campaignId)
      const at = deps.now()
      const closed = frozen ?? beforeWindow(campaign, at)
      if (closed !== null) return refused(closed)
      await waitForOtherClerks(tx, campaignId)

      const known = await knownLines(tx, campaignId, lines)
      const faults = faultsOfLines(campaign, lines, { known, at })
      if (faults.length > 0) return refused({ kind: 'keyed_refused', faults })

      const coded = lines.map((line) => ({ ...line, claimCode: newClaimCode(deps.randomBytes) }))
      const isKnown = new Set(known.map(({ applicationNo }) => applicationNo))
      const again = coded.filter(({ applicationNo }) => isKnown.has(applicationNo))
      if (again.length > 0) await renewCodes(tx, campaign, { campaignId, lines: again })
      const rows = coded
        .filter(({ applicationNo }) => !isKnown.has(applicationNo))
        .map((line) => rowOf(campaign, line, { id: deps.newId(), at }))
      if ((await insertRows(tx, { campaignId, rows, by, at })) < rows.length)
        return refused({ kind: 'raced' })
      return {
        kind: 'keyed',
        applications: coded.map(({ applicationNo, claimCode }) => ({ applicationNo, claimCode })),
      }
    },
  )
  if (outcome.kind === 'keyed') return outcome
  const { refusal } = outcome
  return refusal.kind === 'raced' ? 'raced' : refused(refusal)
}

/** Postcards that came in time are typed after the window too. */
function beforeWindow(campaign: Campaign, at: Instant): ListRefusal | null {
  const closed = windowRefusal(campaign, at)
  return closed?.kind === 'apply_not_open' ? closed : null
}

/** One import after another: residents apply meanwhile, a second clerk waits. */
async function waitForOtherClerks(tx: Tx, campaignId: string): Promise<void> {
  await tx
    .selectFrom('sale.stock')
    .select('campaign_id')
    .where('campaign_id', '=', campaignId)
    .forNoKeyUpdate()
    .execute()
}

/** What is there already under the numbers, and under the persons, of these lines. */
async function knownLines(
  tx: Tx,
  campaignId: string,
  lines: readonly KeyedLine[],
): Promise<readonly KnownLine[]> {
  const { rows } = await sql<KnownLine>`
    select a.application_no as "applicationNo", a.units_wanted as units, a.group_code as "group",
      a.keyed_by is not null and a.account_id is null and a.state = 'active' as "isUnclaimed",
      p.name, p.birth_date as "birthDate", p.address, encode(p.person_key, 'hex') as "personKey"
    from sale.application a
    join sale.applicant p using (application_id)
    where a.campaign_id = ${campaignId}
      and (a.application_no = any (${lines.map((line) => line.applicationNo)}::text[])
        or p.person_key = any (${lines.map(keyOf).filter((key) => key !== null)}::bytea[]))`.execute(
    tx,
  )
  return rows
}

const keyOf = ({ name, birthDate, address }: KeyedLine): Buffer | null =>
  birthDate === undefined || address === undefined
    ? null
    : personKeyOf({ name, birthDate, address })

/** A claim code is bound to its application, so that one guess is a guess at one application. */
export const claimCodeHash = (
  campaign: string,
  { applicationNo, claimCode }: Readonly<{ applicationNo: string; claimCode: string }>,
): Buffer => sha256(['claim', campaign, applicationNo, claimCode].join('\n'))

type CodedLine = KeyedLine & Readonly<{ claimCode: string }>

async function renewCodes(
  tx: Tx,
  campaign: Campaign,
  { campaignId, lines }: Readonly<{ campaignId: string; lines: readonly CodedLine[] }>,
): Promise<void> {
  await sql`
    update sale.application a set claim_code_hash = n.hash
    from unnest(${lines.map((line) => line.applicationNo)}::text[],
      ${lines.map((line) => claimCodeHash(campaign.id, line))}::bytea[]) as n (application_no, hash)
    where a.campaign_id = ${campaignId} and a.application_no = n.application_no`.execute(tx)
}

type Row = ReturnType<typeof rowOf>

function rowOf(campaign: Campaign, line: CodedLine, { id, at }: { id: string; at: Instant }) {
  const { applicationNo, units, group, address } = line
  const version = { campaign: campaign.id, applicationNo, units, group, changeNo: 1, changedAt: at }
  const alone = householdOfOne(applicationNo)
  return {
    id,
    applicationNo,
    units,
    group,
    household:
      campaign.caps.perHouseholdUnits === null
        ? null
        : address === undefined
          ? alone
          : householdOf(address),
    claimHash: claimCodeHash(campaign.id, line),
    digest: receiptDigest({ ...version, state: 'active' }),
    name: line.name,
    birthDate: line.birthDate ?? null,
    address: address ?? null,
    personKey: keyOf(line),
  }
}

/** Writes the rows in one statement; answers how many persons were written. */
async function insertRows(
  tx: Tx,
  into: Readonly<{ campaignId: string; rows: readonly Row[]; by: string; at: Instant }>,
): Promise<number> {
  const { campaignId, rows, by } = into
  const at = new Date(into.at)
  const all = <Key extends keyof Row>(key: Key) => rows.map((row) => row[key])
  const written = await sql<{ persons: number }>`
    with line as (
      select * from unnest(${all('id')}::uuid[], ${all('applicationNo')}::text[],
        ${all('group')}::text[], ${all('household')}::text[], ${all('units')}::int[],
        ${all('claimHash')}::bytea[], ${all('digest')}::text[], ${all('name')}::text[],
        ${all('birthDate')}::date[], ${all('address')}::text[], ${all('personKey')}::bytea[])
        as l (id, no, group_code, household, units, claim_hash, digest, name, birth_date, address,
          person_key)
    ), application as (
      insert into sale.application (application_id, campaign_id, application_no, group_code,
        household, units_wanted, state, keyed_by, claim_code_hash, applied_at, changed_at)
      select id, ${campaignId}::uuid, no, group_code, household, units, 'active', ${by}::uuid,
        claim_hash, ${at}::timestamptz, ${at}::timestamptz
      from line
      on conflict (campaign_id, application_no) do nothing
      returning application_id
    ), person as (
      insert into sale.applicant (application_id, campaign_id, name, birth_date, address,
        person_key)
      select application_id, ${campaignId}::uuid, name, birth_date, address, person_key
      from application join line on line.id = application.application_id
      on conflict (campaign_id, person_key) do nothing
      returning application_id
    ), change as (
      insert into sale.application_change (application_id, change_no, units_wanted, state,
        changed_by, changed_at, digest)
      select application_id, 1, units, 'active', ${by}::uuid, ${at}::timestamptz, digest
      from application join line on line.id = application.application_id
    )
    select count(*)::int as persons from person`.execute(tx)
  return written.rows[0]?.persons ?? 0
}
