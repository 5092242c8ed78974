import { Amount, Button, Notice, serverNow, useFormat } from '@minnaken/ui'
import { useEffect, useState } from 'react'
import { usePractice } from '../practice/practice.ts'
import type { LookedAt } from '../till/looked-at.ts'
import { useKindLabel } from '../till/shop-card.ts'
import { useWords } from '../words.ts'
import type { Day, DayPayment } from './day.ts'
import { leftOf, voidableBy } from './voidable.ts'
import { VoidDialog } from './void-dialog.tsx'

/** The payments of a day, the newest first, each with the way to take it back. */
export function Payments({ day, lookedAt }: Readonly<{ day: Day; lookedAt: LookedAt }>) {
  const { w } = useWords()
  const [voidingId, setVoidingId] = useState<string>()
  const voiding = day.payments.find(({ redemptionId }) => redemptionId === voidingId)
  const now = useMinute()
  if (day.payments.length === 0) return <Notice title={w('today.empty')} />
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-xl font-bold">{w('today.payments')}</h2>
      <ul className="flex flex-col divide-y divide-solid-gray-300 border-y border-solid-gray-300">
        {day.payments.map((payment) => (
          <li key={payment.redemptionId}>
            <OnePayment
              payment={payment}
              lookedAt={lookedAt}
              now={now}
              onVoid={() => setVoidingId(payment.redemptionId)}
            />
          </li>
        ))}
      </ul>
      {voiding !== undefined && (
        <VoidDialog
          key={voiding.redemptionId}
          payment={voiding}
          lookedAt={lookedAt}
          onClose={() => setVoidingId(undefined)}
        />
      )}
    </section>
  )
}

function OnePayment({
  payment,
  lookedAt: { isOwner, shopNo },
  now,
  onVoid,
}: Readonly<{ payment: DayPayment; lookedAt: LookedAt; now: number; onVoid: () => void }>) {
  const { w } = useWords()
  const format = useFormat()
  const labelOf = useKindLabel(shopNo)
  const isPractice = usePractice()
  const by = voidableBy(payment, { now, isOwner })
  const isWhole = leftOf(payment) === 0
  return (
    <div className="flex items-center gap-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <time dateTime={payment.acceptedAt}>{format.time(payment.acceptedAt)}</time>
          <span className={`text-lg font-bold ${isWhole ? 'line-through' : ''}`}>
            <Amount yen={payment.amountYen} />
          </span>
          <span className="text-solid-gray-700">
            {payment.isPrinted ? w('today.printed') : <span lang="ja">{payment.tillName}</span>}
          </span>
        </p>
        <p className="text-sm text-solid-gray-700">
          {payment.split
            .map(({ kind, yen }) => `${labelOf(kind)} ${format.yenShort(yen)}`)
            .join(' ＋ ')}
        </p>
        {payment.voidedYen > 0 && (
          <p className="text-sm font-bold text-red-900">
            {isWhole
              ? w('today.voided_whole')
              : w('today.voided_part', { yen: format.yen(payment.voidedYen) })}
          </p>
        )}
      </div>
      {by === 'owner_only' && (
        <p className="max-w-28 flex-none text-right text-xs text-solid-gray-700">
          {w('void.owner_only')}
        </p>
      )}
      {(by === 'staff' || by === 'owner') && !isPractice && (
        <Button kind="secondary" onClick={onVoid}>
          {w('void.do')}
          <span className="sr-only">
            {format.time(payment.acceptedAt)} {format.yenShort(payment.amountYen)}
          </span>
        </Button>
      )}
    </div>
  )
}

/** The time, as exact as a rule of minutes needs it. */
function useMinute(): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 15_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
