import { inTransaction } from '@minnaken/db'
import { type Refused, refused } from '@minnaken/http'
import type { Tx } from '@minnaken/db'
import {
  allocateUnits,
  type Allocation,
  buildPublication,
  type Draw,
  type DrawExplanation,
  explainerOf,
  type Instant,
  seedOf,
} from '@minnaken/domain'
import type { OpenCampaign } from '@minnaken/ledger'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { drawHashes } from '../hashes.ts'
import { type DrawRow, findDraw, frozenList, frozenTerms, lockDraw } from './draw.ts'
import { type DrawSummary, summaryOf } from './summary.ts'

type RunRefusal =
  | Readonly<{ kind: 'draw_not_frozen' }>
  | Readonly<{ kind: 'draw_not_due'; dueAt: Instant }>
  | Readonly<{ kind: 'draw_already_run'; publicValue: string | null }>
  | Readonly<{ kind: 'not_everyone_wins'; units: number; applicants: number; withoutUnits: number }>

export type RunOutcome =
  | Readonly<{ kind: 'run'; draw: DrawRow; summary: DrawSummary }>
  | Refused<RunRefusal>

/** What made the publication; read by people, compared by nobody. */
const program = 'minnaken maxmin-v1'

/**
 * Runs the draw over the frozen list, once, from the campaign's draw date on.
 *
 * With fewer units than applicants the promise that everyone can buy cannot be kept: that is
 * refused with the numbers, until the clerk confirms having read that not everyone can win.
 * The result is fixed here and stays unseen until it is published. Running again answers with the
 * first result; with another public value it is refused.
 */
export async function runDraw(
  deps: Deps,
  { campaignId, campaign }: OpenCampaign,
  asked: Readonly<{ publicValue?: string | undefined; isConfirmed: boolean; by: string }>,
): Promise<RunOutcome> {
  const draw = await findDraw(deps.db, campaignId)
  if (draw === null || draw.state === 'committed') return refused({ kind: 'draw_not_frozen' })
  const { applications, rowIds } = await frozenList(deps.db, campaignId)
  const terms = frozenTerms(draw)
  const publicValue = draw.runAt === null ? asked.publicValue : (draw.publicValue ?? undefined)
  const secret = {
    seedSecret: draw.seedSecret,
    ...(publicValue === undefined ? {} : { publicValue }),
  }
  const drawn: Draw = { terms, seed: seedOf(secret), applications }

  if (draw.runAt !== null) {
    const refusal = otherValue(draw, asked)
    if (refusal !== null) return refused(refusal)
    const allocation = allocateUnits({ draw: drawn, hashes: drawHashes })
    return { kind: 'run', draw, summary: summaryOf(allocation) }
  }
  const dueAt = campaign.windows.draw
  if (deps.now() < dueAt) return refused({ kind: 'draw_not_due', dueAt })

  const { text, allocation } = buildPublication({
    ...secret,
    terms,
    applications,
    program,
    hashes: drawHashes,
  })
  const withoutUnits = allocation.units.filter((units) => units === 0).length
  if (withoutUnits > 0 && !asked.isConfirmed) {
    const applicants = applications.length
    return refused({ kind: 'not_everyone_wins', units: terms.units, applicants, withoutUnits })
  }
  const won = wonBy({ drawn, allocation, rowIds })
  const recorded = await inTransaction(deps.db, async (tx): Promise<RunOutcome | Raced> => {
    const held = await lockDraw(tx, campaignId)
    if (held === null || held.runAt !== null) return { kind: 'raced' }
    await recordWins(tx, won)
    await recordRun(tx, { campaignId, publicValue, text, by: asked.by, at: deps.now() })
    const run = await findDraw(tx, campaignId)
    if (run === null) throw new Error('a draw that was just run is there')
    return { kind: 'run', draw: run, summary: summaryOf(allocation) }
  })
  return recorded.kind === 'raced' ? runDraw(deps, { campaignId, campaign }, asked) : recorded
}

/** Somebody else ran it meanwhile; theirs is the result. */
type Raced = Readonly<{ kind: 'raced' }>

/** A repeated run that says nothing of the public value, or the same, is the first one again. */
function otherValue(
  { publicValue }: DrawRow,
  asked: Readonly<{ publicValue?: string | undefined }>,
): RunRefusal | null {
  return asked.publicValue === undefined || asked.publicValue === publicValue
    ? null
    : { kind: 'draw_already_run', publicValue }
}

type Won = Readonly<{ rowId: string; units: number; explanation: DrawExplanation }>

function wonBy({
  drawn,
  allocation,
  rowIds,
}: Readonly<{ drawn: Draw; allocation: Allocation; rowIds: readonly string[] }>): Won[] {
  const explain = explainerOf({ draw: drawn, allocation, hashes: drawHashes })
  return drawn.applications.map(({ id }, at) => {
    const explanation = explain(id)
    const rowId = rowIds[at]
    if (explanation === null || rowId === undefined)
      throw new Error('everyone in the frozen list has a result')
    return { rowId, units: explanation.units, explanation }
  })
}

/** So many rows in one statement: far below the five seconds that a statement has. */
const rowsMax = 5_000

async function recordWins(tx: Tx, won: readonly Won[]): Promise<void> {
  for (let from = 0; from < won.length; from += rowsMax) {
    const rows = won.slice(from, from + rowsMax)
    await sql`
      update sale.win set units_won = w.units, explanation = w.explanation
      from unnest(${rows.map(({ rowId }) => rowId)}::uuid[],
        ${rows.map(({ units }) => units)}::int[],
        ${rows.map(({ explanation }) => JSON.stringify(explanation))}::jsonb[])
        as w (application_id, units, explanation)
      where win.application_id = w.application_id`.execute(tx)
  }
}

async function recordRun(
  tx: Tx,
  run: Readonly<{
    campaignId: string
    publicValue: string | undefined
    text: string
    by: string
    at: Instant
  }>,
): Promise<void> {
  await tx
    .updateTable('sale.draw')
    .set({
      state: 'run',
      public_value: run.publicValue ?? null,
      run_at: new Date(run.at),
      run_by: run.by,
      publication: run.text,
    })
    .where('campaign_id', '=', run.campaignId)
    .execute()
}
