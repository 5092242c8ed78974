import {
  Amount,
  Button,
  FailureNotice,
  RubyText,
  Screen,
  failureOf,
  useFormat,
  Waiting,
} from '@minnaken/ui'
import { useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { SaveFile } from '../save-file.tsx'
import { Back } from '../till/back.tsx'
import { OwnerOnly } from '../till/owner-only.tsx'
import { useWords } from '../words.ts'
import { type WholeStatement, stageOf, useStatement } from './statements.ts'

/** One statement: how the payout was reckoned, and every line that it is made of. */
export function StatementScreen() {
  const { w } = useWords()
  const { statementNo } = useParams({ from: '/payouts/$statementNo' })
  return (
    <Screen title={w('statement.title', { no: statementNo })}>
      <Back to="/payouts" />
      <OwnerOnly>{({ shopId }) => <One shopId={shopId} statementNo={statementNo} />}</OwnerOnly>
    </Screen>
  )
}

function One({ shopId, statementNo }: Readonly<{ shopId: string; statementNo: string }>) {
  const { data, error, refetch } = useStatement(shopId, statementNo)
  if (data !== undefined) return <Whole statement={data} shopId={shopId} />
  if (error === null) return <Waiting />
  return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
}

function Whole({ statement, shopId }: Readonly<{ statement: WholeStatement; shopId: string }>) {
  const { w } = useWords()
  const format = useFormat()
  const { run, statementNo } = statement
  const file = `/v1/shops/${shopId}/statements/${encodeURIComponent(statementNo)}/file`
  return (
    <>
      <p>
        <span lang="ja">{statement.shopName}</span> ·{' '}
        {w('payouts.period', { from: format.day(run.periodStart), to: format.day(run.periodEnd) })}
      </p>
      <dl className="flex flex-col divide-y divide-solid-gray-300 rounded-12 border border-solid-gray-300 px-4">
        <Sum
          name={w('statement.redemptions', { count: statement.redemptions })}
          yen={statement.redemptionsYen}
        />
        <Sum
          name={w('statement.voids', { count: statement.voids + statement.corrections })}
          yen={-statement.voidsYen - statement.correctionsYen}
        />
        <Sum name={w('statement.carried_in')} yen={statement.carriedInYen} isIfAny />
        <Sum name={w('statement.returned')} yen={statement.returnedYen} isIfAny />
        <Sum name={w('statement.fee')} yen={-statement.feeYen} isIfAny />
        <Sum name={w('statement.carried_out')} yen={statement.carriedOutYen} isIfAny />
        <Sum name={<strong>{w('statement.paid')}</strong>} yen={statement.paidYen} />
      </dl>
      <p>
        <RubyText text={format.date(run.payDate)} /> · {w(`payouts.stage.${stageOf(statement)}`)}
        {statement.account !== null && (
          <>
            {' · '}
            {w('statement.account', { account: '' })}
            <span lang="ja">{statement.account}</span>
          </>
        )}
      </p>
      {(['pdf', 'csv'] as const).map((kind) => (
        <SaveFile key={kind} path={`${file}.${kind}`} name={`minnaken-${statementNo}.${kind}`}>
          {w(kind)}
        </SaveFile>
      ))}
      <Lines statement={statement} />
    </>
  )
}

function Sum({
  name,
  yen,
  isIfAny = false,
}: Readonly<{ name: ReactNode; yen: number; isIfAny?: boolean }>) {
  if (isIfAny && yen === 0) return null
  return (
    <div className="flex items-baseline justify-between gap-3 py-2">
      <dt>{name}</dt>
      <dd className="text-lg font-bold">
        <Amount yen={yen} />
      </dd>
    </div>
  )
}

const SHOWN_AT_FIRST = 100

function Lines({ statement: { lines } }: Readonly<{ statement: WholeStatement }>) {
  const { w } = useWords()
  const format = useFormat()
  const [isAll, setIsAll] = useState(false)
  const shown = isAll ? lines : lines.slice(0, SHOWN_AT_FIRST)
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-xl font-bold">{w('statement.lines', { count: lines.length })}</h2>
      <ul className="flex flex-col divide-y divide-solid-gray-300 border-y border-solid-gray-300">
        {shown.map((line) => (
          <li key={line.receiptNo} className="flex items-baseline gap-3 py-2">
            <span className="min-w-0 flex-1">
              <RubyText text={format.dayAndTime(line.decidedAt)} />
              <span className="block text-sm text-solid-gray-700">
                {line.kind === 'redemption' ? (
                  <span lang="ja">{line.till}</span>
                ) : (
                  w(`statement.kind.${line.kind}`)
                )}
              </span>
            </span>
            <span className="font-bold">
              <Amount yen={line.kind === 'redemption' ? line.yen : -Math.abs(line.yen)} />
            </span>
          </li>
        ))}
      </ul>
      {shown.length < lines.length && (
        <Button kind="secondary" onClick={() => setIsAll(true)}>
          {w('statement.all_lines', { count: lines.length })}
        </Button>
      )}
    </section>
  )
}
