import { unreachable } from '@minnaken/domain'
import { Button, ResultScreen, buttonLook, useFormat } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { type Dispatch, useEffect, useLayoutEffect, useState } from 'react'
import { useWords } from '../words.ts'
import type { Happened, Receiving } from './receiving.ts'
import { Refusal } from './refusal.tsx'
import { doesStay } from './stay-choice.ts'
import { untilNext } from './until-next.ts'

type State<Kind extends Receiving['kind']> = Extract<Receiving, { kind: Kind }>

/** What is shown after the code was read, until the next customer. */
export function Outcome({
  state,
  happen,
  isPractice,
}: Readonly<{
  state: State<'asking' | 'taken' | 'refused'>
  happen: Dispatch<Happened>
  isPractice: boolean
}>) {
  switch (state.kind) {
    case 'asking':
      return <Asking state={state} />
    case 'taken':
      return <Taken state={state} happen={happen} isPractice={isPractice} />
    case 'refused':
      return <Refusal state={state} happen={happen} />
    default:
      return unreachable(state)
  }
}

/** In doubt so long, staff may want to look elsewhere; it is asked for again when they are back. */
const LONG_MS = 20_000

/** Blue: it is sent, and the answer is waited for. Whoever serves need not do anything. */
function Asking({ state: { payment, isUnknown } }: Readonly<{ state: State<'asking'> }>) {
  const { w } = useWords()
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), LONG_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <ResultScreen
      key={String(isUnknown)}
      kind="unknown"
      yen={payment.yen}
      title={isUnknown ? w('receive.unknown') : w('receive.asking')}
      actions={
        isLong ? (
          <Link to="/today" className={buttonLook('secondary', true)}>
            {w('receive.unknown_look')}
          </Link>
        ) : undefined
      }
    >
      {isUnknown && <p className="text-lg">{w('receive.unknown_text')}</p>}
    </ResultScreen>
  )
}

/** Green, with the two words; the keypad comes back by itself unless it is to stay, or by a tap. */
function Taken({
  state: { taken },
  happen,
  isPractice,
}: Readonly<{ state: State<'taken'>; happen: Dispatch<Happened>; isPractice: boolean }>) {
  const { w } = useWords()
  const format = useFormat()
  const [stays] = useState(doesStay)
  useLayoutEffect(
    () => untilNext(() => happen({ kind: 'next' }), { stays, page: window }),
    [happen, stays],
  )
  const voided = taken.voidedYen ?? 0
  return (
    <ResultScreen
      kind="success"
      yen={taken.amountYen}
      words={taken.words}
      at={taken.acceptedAt}
      title={isPractice ? w('practice.taken_title') : w('receive.taken')}
      actions={
        <Button isWide onClick={() => happen({ kind: 'next' })}>
          {w('receive.next')}
        </Button>
      }
    >
      {voided > 0 && (
        <p className="font-bold">{w('receive.voided', { yen: format.yen(voided) })}</p>
      )}
      {stays && <p>{w('receive.stays')}</p>}
    </ResultScreen>
  )
}
