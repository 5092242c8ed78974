import { Screen, Waiting } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { usePractice } from '../practice/practice.ts'
import { usePlace } from '../till/place.ts'
import type { Till } from '../till/till.ts'
import { useWords } from '../words.ts'
import { AmountStep } from './amount-step.tsx'
import { PrintedPayments } from './printed-payments.tsx'
import { useReceiving } from './use-receiving.ts'

const Welcome = lazy(() => import('../till/welcome.tsx').then((it) => ({ default: it.Welcome })))
// What tells of the outcome comes along: when there is one the network may be gone.
const CodeStep = lazy(async () => {
  const [{ CodeStep: it }] = await Promise.all([import('./code-step.tsx'), import('./outcome.tsx')])
  return { default: it }
})
const Outcome = lazy(() => import('./outcome.tsx').then(({ Outcome: it }) => ({ default: it })))

/** Takes payments. A device that is no till is asked to become one first. */
export function ReceiveScreen() {
  const place = usePlace()
  const isPractice = usePractice()
  if (place === undefined) return <Waiting />
  const { till } = place
  if (till === null)
    return (
      <Suspense fallback={<Waiting />}>
        <Welcome isOwner={place.isOwner} />
      </Suspense>
    )
  return <Receive key={String(isPractice)} till={till} isPractice={isPractice} />
}

function Receive({ till, isPractice }: Readonly<{ till: Till; isPractice: boolean }>) {
  const { w } = useWords()
  const [state, happen] = useReceiving({ till, isPractice })
  return (
    <Screen title={w('tab.receive')} isTitleHidden>
      <p className="flex flex-wrap justify-between gap-x-4 text-sm text-solid-gray-700 short:hidden">
        <span lang="ja">{till.shop.name}</span>
        <Link
          to="/shop"
          lang="ja"
          className="-my-3 inline-flex min-h-11 min-w-11 items-center justify-end underline underline-offset-2"
        >
          {till.name}
        </Link>
      </p>
      {!isPractice && <PrintedPayments till={till} />}
      <Suspense fallback={<Waiting />}>
        {state.kind === 'amount' && <AmountStep state={state} happen={happen} />}
        {state.kind === 'code' && (
          <CodeStep key={state.by} state={state} happen={happen} isPractice={isPractice} />
        )}
        {(state.kind === 'asking' || state.kind === 'taken' || state.kind === 'refused') && (
          <Outcome state={state} happen={happen} isPractice={isPractice} />
        )}
      </Suspense>
    </Screen>
  )
}
