import { Amount, Button, Field, Notice, beginsStep, onTyped, playRefusal } from '@minnaken/ui'
import { Scanner } from '@minnaken/ui/scan'
import { type Dispatch, type FormEvent, useState } from 'react'
import { practiceCases, practiceCode } from '../practice/practice-payment.ts'
import { useWords } from '../words.ts'
import { groupedNumber, isPaymentNumber, readCode, typedNumber } from './read-code.ts'
import type { Happened, NotPaying, Receiving } from './receiving.ts'

type Step = Readonly<{
  state: Extract<Receiving, { kind: 'code' }>
  happen: Dispatch<Happened>
  isPractice: boolean
}>

/** The customer's code: before the camera, or typed as its number. */
export function CodeStep({ state, happen, isPractice }: Step) {
  const { w } = useWords()
  const { yen, by, not } = state
  const read = (code: string) =>
    happen({ kind: 'read', read: { kind: 'payment', code }, at: Date.now() })
  return (
    <div className="flex flex-1 flex-col gap-3 short:grid short:grid-cols-2 short:gap-x-4">
      <div className="flex flex-col gap-3 empty:hidden">
        {yen > 0 && (
          <p className="text-center">
            <Amount yen={yen} size="largest" />
          </p>
        )}
        {isPractice && <PracticeCodes happen={happen} />}
        {by === 'camera' && <Hint not={not} />}
      </div>
      <div className="min-w-0 short:row-span-2">
        {by === 'camera' ? <ByCamera happen={happen} /> : <ByNumber onRead={read} />}
      </div>
      <div className="mt-auto flex flex-col gap-2 py-2">
        <Button
          kind="secondary"
          isWide
          onClick={() => happen({ kind: 'by', by: by === 'camera' ? 'number' : 'camera' })}
        >
          {by === 'camera' ? w('receive.by_number') : w('receive.by_camera')}
        </Button>
        <Button kind="quiet" onClick={() => happen({ kind: 'back' })}>
          {w('receive.change_amount')}
        </Button>
      </div>
    </div>
  )
}

/** What to hold before the camera; after another code, whose that was. */
function Hint({ not }: Readonly<{ not: NotPaying | null }>) {
  const { w } = useWords()
  const look = not === null ? 'text-center font-bold shadow-none outline-none' : 'sr-only'
  return (
    <>
      <h2 ref={beginsStep} tabIndex={-1} className={look}>
        {w('receive.hold_code')}
      </h2>
      {not !== null && <NotOurs not={not} />}
    </>
  )
}

function ByCamera({ happen }: Readonly<{ happen: Dispatch<Happened> }>) {
  const { t } = useWords()
  const onRead = (text: string) => {
    const read = readCode(text, location.origin)
    if (read.kind !== 'payment') playRefusal()
    happen({ kind: 'read', read, at: Date.now() })
  }
  return <Scanner label={t('receive.camera')} onRead={onRead} />
}

/** Whose the code is that was shown, and what to show instead. */
function NotOurs({ not }: Readonly<{ not: NotPaying }>) {
  const { w } = useWords()
  const title =
    not.kind === 'foreign'
      ? not.service === null
        ? w('receive.not.foreign')
        : w('receive.not.foreign_of', { service: not.service })
      : w(`receive.not.${not.kind}`)
  return (
    <Notice isAnswer kind="warning" title={title}>
      {w('receive.not.instead')}
    </Notice>
  )
}

function ByNumber({ onRead }: Readonly<{ onRead: (code: string) => void }>) {
  const { w } = useWords()
  const [digits, setDigits] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (isPaymentNumber(digits)) onRead(digits)
    else {
      playRefusal()
      setIsWrong(true)
    }
  }
  return (
    <form noValidate onSubmit={send} className="flex flex-col gap-3">
      <Field
        ref={beginsStep}
        label={w('receive.number')}
        hint={w('receive.number_hint')}
        inputMode="numeric"
        autoComplete="off"
        enterKeyHint="done"
        value={groupedNumber(digits)}
        onChange={onTyped((text) => {
          const next = typedNumber(text)
          setDigits(next)
          setIsWrong(false)
          return groupedNumber(next)
        })}
        error={isWrong ? w('receive.number_wrong') : undefined}
      />
      <Button type="submit" isWide>
        {w('receive.take')}
      </Button>
    </form>
  )
}

/** In practice a code can be pretended, so that one person alone sees every outcome. */
function PracticeCodes({ happen }: Readonly<{ happen: Dispatch<Happened> }>) {
  const { w } = useWords()
  return (
    <Notice title={w('practice.pretend')}>
      <ul className="flex flex-wrap gap-2">
        {practiceCases.map((practice) => (
          <li key={practice}>
            <Button
              kind="secondary"
              onClick={() => {
                const at = Date.now()
                const code = practiceCode(practice, at)
                happen({ kind: 'read', read: { kind: 'payment', code }, at })
              }}
            >
              {w(`practice.${practice}`)}
            </Button>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
