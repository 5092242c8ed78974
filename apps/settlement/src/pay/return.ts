import { inTransaction } from '@minnaken/db'
import { type Payout, returnPayout, yen } from '@minnaken/domain'
import { type Refused, refused } from '@minnaken/http'
import type { Deps } from '../deps.ts'
import { finishPostings } from './finish.ts'

export type ReturnRefusal =
  | Readonly<{ kind: 'not_found' }>
  | Readonly<{ kind: 'payout_wrong_state'; is: string; needs: Payout['kind'] }>

type Returned = Readonly<{ kind: 'returned' | 'returned_before'; runId: string }>

/**
 * Notes that a transfer came back: its shops are owed again.
 *
 * They are paid by the next run after another account of theirs was checked, and by none before.
 * The same reason again changes nothing and finishes whatever was interrupted.
 */
export async function noteReturn(
  deps: Deps,
  { payoutId, reason }: Readonly<{ payoutId: string; reason: string }>,
): Promise<Returned | Refused<ReturnRefusal>> {
  const outcome = await inTransaction(
    deps.db,
    async (tx): Promise<Returned | Refused<ReturnRefusal>> => {
      const payout = await tx
        .selectFrom('settlement.payout as payout')
        .innerJoin('settlement.run as run', 'run.run_id', 'payout.run_id')
        .select([
          'payout.run_id as runId',
          'payout.payee_account_id as payeeAccountId',
          'payout.yen',
          'payout.state',
          'payout.return_reason as returnReason',
          'run.pay_date as valueDate',
          'run.sent_at as sentAt',
        ])
        .where('payout.payout_id', '=', payoutId)
        .forUpdate('payout')
        .executeTakeFirst()
      if (payout === undefined) return refused({ kind: 'not_found' })
      const { runId } = payout
      if (payout.state === 'returned' && payout.returnReason === reason)
        return { kind: 'returned_before', runId }
      if (payout.state !== 'sent' || payout.sentAt === null)
        return refused({ kind: 'payout_wrong_state', is: payout.state, needs: 'sent' })
      const returned = returnPayout(
        {
          kind: 'sent',
          payeeAccountId: payout.payeeAccountId,
          amountYen: yen(payout.yen),
          valueDate: payout.valueDate,
          sentAt: payout.sentAt.getTime(),
        },
        { at: deps.now(), reason },
      )
      await tx
        .updateTable('settlement.payout')
        .set({
          state: returned.kind,
          state_since: new Date(returned.returnedAt),
          return_reason: returned.reason,
        })
        .where('payout_id', '=', payoutId)
        .execute()
      return { kind: 'returned', runId }
    },
  )
  if (outcome.kind === 'refused') return outcome
  deps.onStep('payout_returned')
  await finishPostings(deps)
  return outcome
}
