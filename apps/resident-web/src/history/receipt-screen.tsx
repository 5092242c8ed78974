import { shopCodeOf } from '@minnaken/qr'
import {
  Amount,
  buttonLook,
  failureOf,
  Notice,
  RubyText,
  Screen,
  useFormat,
  Waiting,
} from '@minnaken/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { type HistoryEntry, historyAnswer, recentAnswer } from '../answers.ts'
import { Failed } from '../asked.tsx'
import { Split } from '../pay/split.tsx'
import { paymentLines } from '../print/lines.ts'
import { Moment, Paper, PrintButton } from '../print/paper.tsx'
import { useWords } from '../words.ts'
import { receiptOf } from './by-month.ts'

/** The receipt of one payment, with what came back of it. */
export function ReceiptScreen() {
  const { w } = useWords()
  const { id = '' } = useParams({ strict: false })
  const recent = useQuery(recentAnswer).data ?? []
  const history = useInfiniteQuery(historyAnswer)
  const { hasNextPage, isFetching, fetchNextPage } = history
  const pages = history.data?.pages.flatMap((page) => page.entries)
  const receipt = receiptOf(pages ?? [], id) ?? receiptOf(recent, id)
  const isMissing = receipt === null
  // An old payment stands on a later page.
  useEffect(() => {
    if (isMissing && hasNextPage && !isFetching) void fetchNextPage()
  }, [isMissing, hasNextPage, isFetching, fetchNextPage])
  return (
    <Screen title={w('payment.title')}>
      {receipt !== null && (
        <>
          <ReceiptOf {...receipt} />
          <PrintButton />
          <PaperOf {...receipt} />
        </>
      )}
      {isMissing && history.error !== null && (
        <Failed failure={failureOf(history.error)} onRetry={() => void history.refetch()} />
      )}
      {isMissing &&
        history.error === null &&
        (isFetching || hasNextPage ? <Waiting /> : <Notice title={w('ui.problem.not_found')} />)}
      <Link to="/history" className={buttonLook('quiet')}>
        {w('history.title')}
      </Link>
    </Screen>
  )
}

type Receipt = Readonly<{
  payment: HistoryEntry
  voids: readonly HistoryEntry[]
  leftYen: number
}>

function PaperOf(receipt: Receipt) {
  const { w } = useWords()
  const { at, shop, redemptionId } = receipt.payment
  return (
    <Paper
      title={w('payment.title')}
      yen={receipt.leftYen}
      facts={[
        { id: 'shop', name: w('print.shop'), value: <span lang="ja">{shop.name}</span> },
        { id: 'shop_no', name: w('payment.shop_no'), value: shopCodeOf(shop.shopNo) },
        { id: 'at', name: w('payment.at'), value: <Moment at={at} /> },
        { id: 'number', name: w('payment.number'), value: redemptionId },
      ]}
      linesTitle={w('print.by_kind')}
      lines={paymentLines(receipt)}
      by={<span lang="ja">みんな券</span>}
    />
  )
}

function ReceiptOf({ payment, voids, leftYen }: Receipt) {
  const { w } = useWords()
  const f = useFormat()
  return (
    <section className="flex flex-col gap-4 rounded-16 border-2 border-solid-gray-300 p-4">
      <p lang="ja" className="text-xl font-bold">
        {payment.shop.name}
      </p>
      <Amount yen={payment.yen} size="largest" />
      <Split split={payment.parts} />
      {voids.map((entry) => (
        <p key={entry.id} className="rounded-8 bg-green-50 p-3">
          {w('payment.back', { yen: f.yen(entry.yen), at: f.dayAndTime(entry.at) })}
        </p>
      ))}
      {voids.length > 0 && (
        <p className="font-bold">{w('payment.left', { yen: f.yen(leftYen) })}</p>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt>{w('payment.at')}</dt>
        <dd>
          <RubyText text={f.dayAndTime(payment.at)} />
        </dd>
        <dt>{w('payment.shop_no')}</dt>
        <dd>{shopCodeOf(payment.shop.shopNo)}</dd>
        <dt>{w('payment.number')}</dt>
        <dd className="font-mono text-sm break-all">{payment.redemptionId}</dd>
      </dl>
      <p className="text-sm">{w('payment.wrong')}</p>
    </section>
  )
}
