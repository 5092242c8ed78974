import { isoOrNull } from '@minnaken/http'
import type { Db, Tx } from '@minnaken/db'
import type { DrawApplication, DrawTerms, Instant } from '@minnaken/domain'
import { sql } from 'kysely'

type DrawState = 'committed' | 'frozen' | 'run' | 'published'

/** A campaign's draw. The secret stays in here until it is published. */
export type DrawRow = Readonly<{
  state: DrawState
  seedCommit: string
  seedSecret: string
  publicValue: string | null
  committedAt: Instant
  frozenAt: Instant | null
  listDigest: string | null
  membersDigest: string | null
  terms: string | null
  termsDigest: string | null
  runAt: Instant | null
  publishedAt: Instant | null
}>

export async function findDraw(db: Db | Tx, campaignId: string): Promise<DrawRow | null> {
  const row = await db
    .selectFrom('sale.draw')
    .select([
      sql<DrawState>`state`.as('state'),
      'seed_commit',
      'seed_secret',
      'public_value',
      'committed_at',
      'frozen_at',
      'list_digest',
      'members_digest',
      'terms',
      'terms_digest',
      'run_at',
      'published_at',
    ])
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    state: row.state,
    seedCommit: row.seed_commit,
    seedSecret: row.seed_secret,
    publicValue: row.public_value,
    committedAt: row.committed_at.getTime(),
    frozenAt: row.frozen_at?.getTime() ?? null,
    listDigest: row.list_digest,
    membersDigest: row.members_digest,
    terms: row.terms,
    termsDigest: row.terms_digest,
    runAt: row.run_at?.getTime() ?? null,
    publishedAt: row.published_at?.getTime() ?? null,
  }
}

/** Holds a draw, so that its steps are taken one after another, and reads it as it then is. */
export async function lockDraw(tx: Tx, campaignId: string): Promise<DrawRow | null> {
  await tx
    .selectFrom('sale.draw')
    .select('campaign_id')
    .where('campaign_id', '=', campaignId)
    .forUpdate()
    .execute()
  return findDraw(tx, campaignId)
}

/** What anyone may know of a draw. */
export const drawView = (campaign: string, draw: DrawRow | null) => ({
  campaign,
  state: draw?.state ?? ('none' as const),
  seedCommit: draw?.seedCommit ?? null,
  committedAt: isoOrNull(draw?.committedAt ?? null),
  frozenAt: isoOrNull(draw?.frozenAt ?? null),
  listDigest: draw?.listDigest ?? null,
  membersDigest: draw?.membersDigest ?? null,
  termsDigest: draw?.termsDigest ?? null,
  runAt: isoOrNull(draw?.runAt ?? null),
  publishedAt: isoOrNull(draw?.publishedAt ?? null),
})

/** The frozen list in the order of the numbers, and the row of each line. */
export async function frozenList(
  db: Db | Tx,
  campaignId: string,
): Promise<Readonly<{ applications: readonly DrawApplication[]; rowIds: readonly string[] }>> {
  const rows = await db
    .selectFrom('sale.win')
    .select(['application_id', 'application_no', 'units_wanted', 'group_code', 'household'])
    .where('campaign_id', '=', campaignId)
    .orderBy(sql`application_no collate "C"`)
    .execute()
  return {
    applications: rows.map((row) => ({
      id: row.application_no,
      request: row.units_wanted,
      ...(row.group_code === null ? {} : { group: row.group_code }),
      ...(row.household === null ? {} : { household: row.household }),
    })),
    rowIds: rows.map((row) => row.application_id),
  }
}

/** The terms that were frozen. */
export const frozenTerms = (draw: DrawRow): DrawTerms => JSON.parse(draw.terms ?? '') as DrawTerms
