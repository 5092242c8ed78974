import type { Tx } from '@minnaken/db'
import { type Payable, assert, payableOf, yen } from '@minnaken/domain'
import type { RunRow } from '../runs/run.ts'
import { slicesOf } from '../slices.ts'
import { type KindTotals, type ShopFacts, factsOf } from './facts.ts'

/** Why a shop that is owed something gets nothing from this run. */
type UnpaidWhy = 'held' | 'no_account' | 'came_back' | 'nothing_owed' | 'below_minimum'

/** A shop's statement for a run, as its columns. */
export type Statement = Readonly<{
  shopId: string
  shopNo: string
  statementNo: string
  payeeId: string
  payeeAccountId: string | null
  redemptions: number
  redemptionsYen: number
  voids: number
  voidsYen: number
  corrections: number
  correctionsYen: number
  byKind: KindTotals
  carriedInYen: number
  returnedYen: number
  feeYen: number
  paidYen: number
  carriedOutYen: number
  held: boolean
  why: UnpaidWhy | null
}>

/**
 * Draws up the statements of a run from its lines and from what earlier runs have left.
 *
 * Besides a shop that is held, nothing is paid where no account is in force, or where a transfer
 * to the account in force has come back: it would come back again. All of it is carried.
 * What came back goes with the first run in which the shop has another account.
 */
export const drawStatements = async (tx: Tx, run: RunRow): Promise<Statement[]> =>
  (await factsOf(tx, run)).map((facts) => statementOf(facts, run))

function statementOf(facts: ShopFacts, run: RunRow): Statement {
  const barrier = barrierOf(facts)
  const returnedYen = facts.came_back ? 0 : facts.back_yen
  const payable = payableOf({
    redemptionsYen: yen(facts.redemptions_yen),
    voidsYen: yen(facts.voids_yen + facts.corrections_yen),
    carriedYen: yen(facts.carried_yen),
    returnedYen: yen(returnedYen),
    feeBps: run.fee_bps,
    minimumYen: yen(run.minimum_yen),
    held: barrier !== null,
  })
  return {
    shopId: facts.shop_id,
    shopNo: facts.shop_no,
    statementNo: `${String(run.run_no).padStart(9, '0')}-${facts.shop_no}`,
    payeeId: facts.payee_id,
    payeeAccountId: facts.payee_account_id,
    redemptions: facts.redemptions,
    redemptionsYen: facts.redemptions_yen,
    voids: facts.voids,
    voidsYen: facts.voids_yen,
    corrections: facts.corrections,
    correctionsYen: facts.corrections_yen,
    byKind: facts.by_kind,
    carriedInYen: facts.carried_yen,
    returnedYen,
    feeYen: payable.feeYen,
    paidYen: payable.paidYen,
    carriedOutYen: payable.carriedNextYen,
    held: barrier !== null,
    why: whyUnpaid(payable, barrier),
  }
}

const barrierOf = (facts: ShopFacts): UnpaidWhy | null =>
  facts.is_held
    ? 'held'
    : facts.payee_account_id === null
      ? 'no_account'
      : facts.came_back
        ? 'came_back'
        : null

const whyUnpaid = (payable: Payable, barrier: UnpaidWhy | null): UnpaidWhy | null =>
  payable.kind === 'paid' ? null : (barrier ?? payable.why)

/** Writes the statements, or what has changed in them since. Only before approval. */
export async function writeStatements(
  tx: Tx,
  run: RunRow,
  statements: readonly Statement[],
): Promise<void> {
  assert(['open', 'closed', 'checked'].includes(run.state), 'an approved run never changes')
  for (const some of slicesOf(statements))
    await tx
      .insertInto('settlement.statement')
      .values(some.map((statement) => rowOf(statement, run.run_id)))
      .onConflict((same) =>
        same.columns(['run_id', 'shop_id']).doUpdateSet((row) => ({
          payee_id: row.ref('excluded.payee_id'),
          payee_account_id: row.ref('excluded.payee_account_id'),
          carried_in_yen: row.ref('excluded.carried_in_yen'),
          returned_yen: row.ref('excluded.returned_yen'),
          fee_yen: row.ref('excluded.fee_yen'),
          paid_yen: row.ref('excluded.paid_yen'),
          carried_out_yen: row.ref('excluded.carried_out_yen'),
          held: row.ref('excluded.held'),
        })),
      )
      .execute()
}

const rowOf = (statement: Statement, runId: string) => ({
  statement_no: statement.statementNo,
  run_id: runId,
  shop_id: statement.shopId,
  payee_id: statement.payeeId,
  payee_account_id: statement.payeeAccountId,
  redemptions: statement.redemptions,
  redemptions_yen: statement.redemptionsYen,
  voids: statement.voids,
  voids_yen: statement.voidsYen,
  corrections: statement.corrections,
  corrections_yen: statement.correctionsYen,
  by_kind: JSON.stringify(statement.byKind),
  carried_in_yen: statement.carriedInYen,
  returned_yen: statement.returnedYen,
  fee_yen: statement.feeYen,
  paid_yen: statement.paidYen,
  carried_out_yen: statement.carriedOutYen,
  held: statement.held,
})
