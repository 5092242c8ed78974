import {
  Amount,
  Button,
  Dialog,
  type Failure,
  FailureNotice,
  Field,
  Notice,
  SelectField,
  isPassing,
  onTyped,
  useFormat,
} from '@minnaken/ui'
import { useState } from 'react'
import type { LookedAt } from '../till/looked-at.ts'
import { useWords } from '../words.ts'
import type { DayPayment } from './day.ts'
import { leftOf } from './voidable.ts'
import { type SentVoid, waitsForPerson } from './send-void.ts'
import { type VoidState, type Voiding, useVoid } from './use-void.ts'

const reasons = ['mistyped', 'returned', 'twice', 'other'] as const

type ReasonChosen = (typeof reasons)[number]

/** Takes a payment back, as a whole or in part, with the reason that the books keep. */
export function VoidDialog({
  payment,
  lookedAt,
  onClose,
}: Readonly<{ payment: DayPayment; lookedAt: LookedAt; onClose: () => void }>) {
  const { w } = useWords()
  const format = useFormat()
  const voiding = useVoid({ payment, lookedAt })
  const { state } = voiding
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={w('void.title', {
        yen: format.yen(payment.amountYen),
        time: format.time(payment.acceptedAt),
      })}
    >
      {state.kind === 'voided' ? (
        <Notice kind="success" title={w('void.done', { yen: format.yen(state.yen) })}>
          {w('void.done_text')}
        </Notice>
      ) : (
        <VoidForm left={leftOf(payment)} voiding={voiding} />
      )}
    </Dialog>
  )
}

function VoidForm({ left, voiding }: Readonly<{ left: number; voiding: Voiding }>) {
  const { w, t } = useWords()
  const format = useFormat()
  const { state, send, again } = voiding
  const before = sentIn(state)
  const listed = reasons.find((it) => before?.reason === t(`void.reason.${it}`))
  const [isWhole, setIsWhole] = useState((before?.yen ?? null) === null)
  const [digits, setDigits] = useState(String(before?.yen ?? ''))
  const [chosen, setChosen] = useState<ReasonChosen>(
    before === null ? 'mistyped' : (listed ?? 'other'),
  )
  const [other, setOther] = useState(before === null || listed !== undefined ? '' : before.reason)
  const [isChecked, setIsChecked] = useState(false)
  const yen = isWhole ? left : Number(digits)
  const isAmountRight = yen >= 1 && yen <= left
  const reason = chosen === 'other' ? other.trim() : t(`void.reason.${chosen}`)
  // While it is not known whether it was done, only the very same may be asked for again.
  const isInDoubt = state.kind === 'in_doubt'
  const isFixed = state.kind === 'asking' || isInDoubt
  const submit = () => {
    setIsChecked(true)
    if (isAmountRight && reason !== '') send({ yen: isWhole ? null : yen, reason })
  }
  return (
    <>
      <fieldset disabled={isFixed} className="flex flex-col gap-3">
        <legend className="sr-only">{w('void.how_much')}</legend>
        <HowMuch isWhole={isWhole} left={left} onChoose={setIsWhole} />
        {!isWhole && (
          <Field
            label={w('void.part_yen')}
            hint={w('void.part_hint', { yen: format.yen(left) })}
            inputMode="numeric"
            autoComplete="off"
            value={digits}
            onChange={onTyped((text) => {
              const next = digitsOf(text)
              setDigits(next)
              return next
            })}
            error={
              isChecked && !isAmountRight
                ? w('void.part_wrong', { yen: format.yen(left) })
                : undefined
            }
          />
        )}
        <Reason
          chosen={chosen}
          other={other}
          isMissing={isChecked && reason === ''}
          onChoose={setChosen}
          onOther={setOther}
        />
      </fieldset>
      {(state.kind === 'refused' || isInDoubt) && (
        <NotVoided
          failure={state.failure}
          onRetry={isInDoubt ? (waitsForPerson(state.failure) ? again : undefined) : submit}
        />
      )}
      <Button kind="danger" isWide isBusy={isFixed} onClick={submit}>
        {isAmountRight && !isInDoubt ? w('void.do_yen', { yen: format.yen(yen) }) : w('void.do')}
      </Button>
    </>
  )
}

function HowMuch({
  isWhole,
  left,
  onChoose,
}: Readonly<{ isWhole: boolean; left: number; onChoose: (isWhole: boolean) => void }>) {
  const { w } = useWords()
  return (
    <div className="flex flex-col gap-1">
      {[true, false].map((whole) => (
        <label key={String(whole)} className="flex min-h-12 items-center gap-3 text-lg">
          <input
            type="radio"
            name="how-much"
            className="size-6 accent-accent-700"
            checked={isWhole === whole}
            onChange={() => onChoose(whole)}
          />
          {whole ? w('void.whole') : w('void.part')}
          {whole && (
            <span className="ml-auto font-bold">
              <Amount yen={left} />
            </span>
          )}
        </label>
      ))}
    </div>
  )
}

function Reason({
  chosen,
  other,
  isMissing,
  onChoose,
  onOther,
}: Readonly<{
  chosen: ReasonChosen
  other: string
  isMissing: boolean
  onChoose: (chosen: ReasonChosen) => void
  onOther: (other: string) => void
}>) {
  const { w, t } = useWords()
  return (
    <>
      <SelectField
        label={w('void.reason')}
        value={chosen}
        onChange={(event) => onChoose(reasonOf(event.target.value))}
      >
        {reasons.map((it) => (
          <option key={it} value={it}>
            {t(`void.reason.${it}`)}
          </option>
        ))}
      </SelectField>
      {chosen === 'other' && (
        <Field
          label={w('void.reason_text')}
          maxLength={200}
          value={other}
          onChange={(event) => onOther(event.target.value)}
          error={isMissing ? w('void.reason_needed') : undefined}
        />
      )}
    </>
  )
}

const known = [
  'nothing_left',
  'voucher_ended',
  'period_closed',
  'staff_window_over',
  'void_exceeds',
] as const

function NotVoided({
  failure,
  onRetry,
}: Readonly<{ failure: Failure; onRetry: (() => void) | undefined }>) {
  const { w } = useWords()
  if (failure.kind !== 'refused' || isPassing(failure.problem))
    return <FailureNotice failure={failure} {...(onRetry === undefined ? {} : { onRetry })} />
  const code = known.find((it) => it === failure.problem.code)
  return (
    <FailureNotice
      failure={failure}
      words={code === undefined ? undefined : w(`void.refused.${code}`)}
    />
  )
}

const sentIn = (state: VoidState): SentVoid | null =>
  state.kind === 'in_doubt' ? state.sent : null

const digitsOf = (text: string): string =>
  text.normalize('NFKC').replaceAll(/\D/g, '').replace(/^0+/, '').slice(0, 7)

const reasonOf = (value: string): ReasonChosen => reasons.find((it) => it === value) ?? 'other'
