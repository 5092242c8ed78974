import {
  Amount,
  Button,
  FailureNotice,
  Field,
  Notice,
  Screen,
  buttonLook,
  failureOf,
  useFormat,
  japanese,
  Waiting,
} from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { InDoubtNotice } from '../receive/in-doubt-notice.tsx'
import { SaveFile } from '../save-file.tsx'
import { type LookedAt, useLookedAt } from '../till/looked-at.ts'
import { useKindLabel } from '../till/shop-card.ts'
import { stoppedBy } from '../till/till.ts'
import { TillStopped } from '../till/till-stopped.tsx'
import { useWords } from '../words.ts'
import { type Day, chosenDay, dayBefore, useDay, useToday } from './day.ts'
import { Payments } from './payments.tsx'

/** What the shop took, on every till, as it happens. */
export function TodayScreen() {
  const { w } = useWords()
  const lookedAt = useLookedAt()
  return (
    <Screen title={w('tab.today')}>
      {lookedAt === undefined && <Waiting />}
      {lookedAt === null && <Nobody />}
      {lookedAt !== undefined && lookedAt !== null && <OneDay lookedAt={lookedAt} />}
    </Screen>
  )
}

function Nobody() {
  const { w } = useWords()
  return (
    <Notice
      title={w('today.nobody')}
      action={
        <Link to="/" className={buttonLook('primary', true)}>
          {w('today.to_start')}
        </Link>
      }
    />
  )
}

function OneDay({ lookedAt }: Readonly<{ lookedAt: LookedAt }>) {
  const { w } = useWords()
  const today = useToday()
  const [chosen, setChosen] = useState<string | null>(null)
  const date = chosen ?? today
  const { data, error, refetch, live } = useDay(lookedAt, date)
  const failure = error === null ? undefined : failureOf(error)
  const stopped = failure === undefined || lookedAt.token === undefined ? null : stoppedBy(failure)
  return (
    <>
      {stopped === null && <InDoubtNotice>{w('today.in_doubt_text')}</InDoubtNotice>}
      <ChooseDay date={date} today={today} onChoose={(day) => setChosen(chosenDay(day, today))} />
      {failure !== undefined &&
        (stopped === null ? (
          <FailureNotice failure={failure} onRetry={() => void refetch()} />
        ) : (
          <TillStopped how={stopped} />
        ))}
      {data === undefined && failure === undefined && <Waiting />}
      {data !== undefined && (
        <>
          <Totals day={data} lookedAt={lookedAt} isLive={live === 'streaming'} />
          <Payments day={data} lookedAt={lookedAt} />
        </>
      )}
    </>
  )
}

function ChooseDay({
  date,
  today,
  onChoose,
}: Readonly<{ date: string; today: string; onChoose: (date: string) => void }>) {
  const { w } = useWords()
  return (
    <div className="flex items-end gap-2">
      <Button kind="secondary" onClick={() => onChoose(dayBefore(date))}>
        <span aria-hidden="true">‹</span>
        <span className="sr-only">{w('today.before')}</span>
      </Button>
      <div className="min-w-0 flex-1">
        <Field
          label={w('today.day')}
          type="date"
          required
          max={today}
          value={date}
          onChange={({ target }) => {
            if (target.value === '') target.value = today
            onChoose(target.value)
          }}
        />
      </div>
      <Button
        kind="secondary"
        disabled={date >= today}
        onClick={() => onChoose(dayBefore(date, -1))}
      >
        <span aria-hidden="true">›</span>
        <span className="sr-only">{w('today.after')}</span>
      </Button>
    </div>
  )
}

function Totals({
  day,
  lookedAt,
  isLive,
}: Readonly<{ day: Day; lookedAt: LookedAt; isLive: boolean }>) {
  const { w, t } = useWords()
  const format = useFormat()
  return (
    <section aria-label={t('today.total')} className="flex flex-col gap-3">
      <div className="flex flex-col rounded-12 bg-accent-50 p-4">
        <p className="flex flex-wrap justify-between gap-2">
          <span className="font-bold">{w('today.total')}</span>
          <span className="text-sm">
            {isLive ? w('today.live') : w('today.as_of', { name: japanese(lookedAt.name) })}
          </span>
        </p>
        <Amount yen={day.totalYen} size="largest" />
        <p>
          {w('today.count', { count: day.redemptions })}
          {day.voids > 0 && (
            <>
              {' · '}
              {w('today.voids', { count: day.voids, yen: format.yen(day.voidsYen) })}
            </>
          )}
        </p>
      </div>
      <Sums day={day} lookedAt={lookedAt} />
      {day.redemptions + day.voids > 0 && (
        <SaveFile
          path={`/v1/shops/${lookedAt.shopId}/day.csv?date=${day.date}`}
          name={`minnaken-${lookedAt.shopNo}-${day.date}.csv`}
          token={lookedAt.token}
        >
          {w('csv')}
        </SaveFile>
      )}
    </section>
  )
}

/** The total by kind and by till. A void of an earlier day's payment is of neither. */
function Sums({ day, lookedAt }: Readonly<{ day: Day; lookedAt: LookedAt }>) {
  const { w } = useWords()
  const format = useFormat()
  const labelOf = useKindLabel(lookedAt.shopNo)
  if (day.redemptions === 0 && day.earlierVoidsYen === 0) return null
  const earlier =
    day.earlierVoidsYen === 0
      ? []
      : [{ id: 'earlier', name: w('today.earlier_voids'), yen: 0 - day.earlierVoidsYen }]
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Listed
        title={w('today.by_kind')}
        rows={[
          ...day.byKind.map(({ kind, yen }) => ({ id: kind, name: labelOf(kind), yen })),
          ...earlier,
        ]}
      />
      <Listed
        title={w('today.by_staff')}
        rows={[
          ...day.byTill.map(
            ({ tillId, tillName, isPrinted, redemptions, redemptionsYen, voidedYen }) => ({
              id: tillId,
              name: (
                <>
                  {isPrinted ? w('today.printed') : <span lang="ja">{tillName}</span>} (
                  {format.number(redemptions)})
                </>
              ),
              yen: redemptionsYen - voidedYen,
            }),
          ),
          ...earlier,
        ]}
      />
    </div>
  )
}

function Listed({
  title,
  rows,
}: Readonly<{
  title: ReactNode
  rows: readonly Readonly<{ id: string; name: ReactNode; yen: number }>[]
}>) {
  return (
    <div className="rounded-12 border border-solid-gray-300 p-3">
      <h2 className="font-bold">{title}</h2>
      <dl>
        {rows.map(({ id, name, yen }) => (
          <div key={id} className="flex justify-between gap-3 py-1">
            <dt className="min-w-0">{name}</dt>
            <dd className="flex-none font-bold">
              <Amount yen={yen} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
