import {
  Amount,
  FailureNotice,
  Notice,
  RubyText,
  Screen,
  buttonLook,
  failureOf,
  useFormat,
  Waiting,
} from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { OwnerOnly } from '../till/owner-only.tsx'
import type { OwnShop } from '../till/place.ts'
import { useWords } from '../words.ts'
import { AccountCard } from './account-card.tsx'
import {
  type OwnStatement,
  openReturns,
  stageOf,
  useNextPayout,
  useStatements,
} from './statements.ts'

/** What the shop is paid: next, so far, to which account, and what came back. */
export function PayoutsScreen() {
  const { w } = useWords()
  return (
    <Screen title={w('tab.payouts')}>
      <OwnerOnly>{(shop) => <Payouts key={shop.shopId} shop={shop} />}</OwnerOnly>
    </Screen>
  )
}

function Payouts({ shop }: Readonly<{ shop: OwnShop }>) {
  const { w } = useWords()
  const { data, error, refetch } = useStatements(shop.shopId)
  const returned = openReturns(data?.statements ?? [])
  return (
    <>
      {shop.heldReason !== null && (
        <Notice kind="warning" title={w('payouts.held')}>
          <p lang="ja">{shop.heldReason}</p>
        </Notice>
      )}
      {returned.map((statement) => (
        <Returned key={statement.statementNo} statement={statement} />
      ))}
      <Next shopId={shop.shopId} />
      <AccountCard shop={shop} />
      <section className="flex flex-col gap-2">
        <h2 className="text-xl font-bold">{w('payouts.statements')}</h2>
        {error !== null && data === undefined && (
          <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
        )}
        {data === undefined && error === null && <Waiting />}
        {data?.statements.length === 0 && <Notice title={w('payouts.none')} />}
        {data !== undefined && data.statements.length > 0 && (
          <ul className="flex flex-col gap-2">
            {data.statements.map((statement) => (
              <li key={statement.statementNo}>
                <StatementLink statement={statement} />
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  )
}

function Next({ shopId }: Readonly<{ shopId: string }>) {
  const { w } = useWords()
  const format = useFormat()
  const { data, error, refetch } = useNextPayout(shopId)
  if (data === undefined) {
    if (error === null) return <Waiting />
    const failure = failureOf(error)
    const isNone = failure.kind === 'refused' && failure.problem.code === 'not_found'
    return isNone ? (
      <Notice title={w('payouts.next_none')} />
    ) : (
      <FailureNotice failure={failure} onRetry={() => void refetch()} />
    )
  }
  return (
    <section className="flex flex-col gap-1 rounded-12 bg-accent-50 p-4">
      <h2 className="font-bold">{w('payouts.next', { day: format.day(data.payDate) })}</h2>
      <Amount yen={data.payableYen} size="largest" />
      <p>
        {w('payouts.period', {
          from: format.day(data.periodStart),
          to: format.day(data.periodEnd),
        })}
      </p>
      <p className="text-sm">{w('payouts.so_far')}</p>
    </section>
  )
}

function Returned({ statement }: Readonly<{ statement: OwnStatement }>) {
  const { w } = useWords()
  const format = useFormat()
  return (
    <Notice
      kind="error"
      title={w('payouts.returned', { yen: format.yen(statement.paidYen) })}
      action={
        <Link to="/payouts/account" className={buttonLook('primary', true)}>
          {w('account.change')}
        </Link>
      }
    >
      {w('payouts.returned_text')}
      {typeof statement.payout?.returnReason === 'string' && (
        <p lang="ja">{statement.payout.returnReason}</p>
      )}
    </Notice>
  )
}

function StatementLink({ statement }: Readonly<{ statement: OwnStatement }>) {
  const { w } = useWords()
  const format = useFormat()
  const { run, statementNo, paidYen } = statement
  return (
    <Link
      to="/payouts/$statementNo"
      params={{ statementNo }}
      className="flex min-h-14 flex-wrap items-center justify-between gap-x-3 rounded-12 border border-solid-gray-300 p-3 hover:bg-accent-50"
    >
      <span className="flex flex-col">
        <span className="font-bold underline underline-offset-4">
          <RubyText text={format.date(run.payDate)} />
        </span>
        <span className="text-sm">
          {w('payouts.period', {
            from: format.day(run.periodStart),
            to: format.day(run.periodEnd),
          })}
        </span>
      </span>
      <span className="ml-auto flex flex-col items-end">
        <span className="text-lg font-bold">
          <Amount yen={paidYen} />
        </span>
        <span className="text-sm">{w(`payouts.stage.${stageOf(statement)}`)}</span>
      </span>
    </Link>
  )
}
