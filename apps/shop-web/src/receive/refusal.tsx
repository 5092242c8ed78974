import { Button, FailureTitle, ResultScreen, useFormat } from '@minnaken/ui'
import type { Dispatch } from 'react'
import { leaveTill } from '../till/till.ts'
import { useWords } from '../words.ts'
import type { Happened, Receiving } from './receiving.ts'
import { type Advice, adviceOf } from './refusal-advice.ts'

type State = Extract<Receiving, { kind: 'refused' }>

/** Amber: what happened, that no money moved, and what would work. */
export function Refusal({
  state: { payment, settled },
  happen,
}: Readonly<{ state: State; happen: Dispatch<Happened> }>) {
  const { w } = useWords()
  const format = useFormat()
  const advice = adviceOf(settled, payment.yen)
  const values = {
    yen: format.yen(advice.kind === 'take_less' ? advice.yen : (advice.yen ?? 0)),
    rest: format.yen(advice.kind === 'take_less' ? payment.yen - advice.yen : 0),
  }
  const title =
    advice.words === null ? (
      <FailureTitle failure={settled} />
    ) : (
      w(`receive.refused.${advice.words}`, values)
    )
  return (
    <ResultScreen
      kind="refused"
      {...(advice.words === 'used_here' ? {} : { yen: payment.yen })}
      title={title}
      actions={
        <>
          <WhatWorks state={{ payment, settled }} happen={happen} />
          <Button kind="quiet" onClick={() => happen({ kind: 'back' })}>
            {w('receive.change_amount')}
          </Button>
        </>
      }
    >
      {advice.words !== null && (
        <p className="text-lg">{w(`receive.refused_text.${advice.words}`, values)}</p>
      )}
      {advice.words !== 'used_here' && <p className="font-bold">{w('receive.nothing_moved')}</p>}
    </ResultScreen>
  )
}

function WhatWorks({
  state: { payment, settled },
  happen,
}: Readonly<{ state: Pick<State, 'payment' | 'settled'>; happen: Dispatch<Happened> }>) {
  const { w } = useWords()
  const format = useFormat()
  const advice = adviceOf(settled, payment.yen)
  const press = () => {
    if (advice.kind === 'join_again') void leaveTill()
    else happen(afterAdvice(advice, payment.yen))
  }
  return (
    <Button isWide onClick={press}>
      {advice.kind === 'take_less'
        ? w('receive.take_less', { yen: format.yen(advice.yen) })
        : w(labels[advice.kind])}
    </Button>
  )
}

const labels = {
  same_again: 'receive.again',
  another_code: 'receive.another_code',
  join_again: 'till.join_again',
  next: 'receive.next',
} as const

/** What pressing the advice does. */
function afterAdvice(advice: Advice, asked: number): Happened {
  const at = Date.now()
  if (advice.kind === 'take_less') return { kind: 'take_less', yen: advice.yen, at }
  if (advice.kind === 'same_again') return { kind: 'take_less', yen: asked, at }
  return advice.kind === 'another_code' ? { kind: 'another_code' } : { kind: 'next' }
}
