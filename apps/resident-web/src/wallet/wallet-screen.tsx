import { allowSound, Amount, buttonLook, Screen, useFormat, Waiting } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { recentAnswer, type Wallet, walletAnswer } from '../answers.ts'
import { Asked } from '../asked.tsx'
import { EntryList } from '../history/entry-list.tsx'
import { KindName } from '../kind-name.tsx'
import { orNothing } from '../or-nothing.ts'
import { useWords } from '../words.ts'
import { nameOf } from './shown-steps.ts'
import { StepCard } from './step-card.tsx'
import { useSteps } from './use-steps.ts'

/** No screen waits for it. */
const NewPhones = lazy(() =>
  orNothing(import('../more/new-phones.tsx').then((part) => part.NewPhones)),
)

/** Home: what can be spent, what to do next, what was paid last, and the way to pay. */
export function WalletScreen() {
  const { w } = useWords()
  const wallet = useQuery(walletAnswer)
  return (
    <Screen title={w('wallet.title')} isTitleHidden>
      {wallet.data !== undefined && (
        <Suspense>
          <NewPhones />
        </Suspense>
      )}
      <Asked query={wallet}>{(value) => <Money wallet={value} />}</Asked>
      <Next />
      <Recent />
      <div className="mt-auto tall:sticky tall:bottom-20 md:tall:bottom-4">
        <Link to="/pay" onClick={allowSound} className={`${buttonLook('primary', true)} shadow-2`}>
          {w('wallet.pay')}
        </Link>
      </div>
    </Screen>
  )
}

function Money({ wallet }: Readonly<{ wallet: Wallet }>) {
  const { w } = useWords()
  const f = useFormat()
  const left = wallet.balances.filter(({ remainingYen }) => remainingYen > 0)
  return (
    <section className="flex flex-col gap-3 rounded-16 bg-accent-900 p-4 text-white">
      <h2 className="font-bold">{w('wallet.title')}</h2>
      <p data-spendable={wallet.spendableYen}>
        <Amount yen={wallet.stoppedAt === null ? wallet.spendableYen : 0} size="largest" />
      </p>
      {left.length === 0 ? (
        <p>{w('wallet.empty')}</p>
      ) : (
        <ul className="flex flex-col gap-2 border-t border-white/50 pt-3">
          {left.map((lot) => (
            <li
              key={`${lot.campaign} ${lot.kind} ${lot.lastDay}`}
              className="flex flex-wrap items-baseline justify-between gap-x-4"
            >
              <span className="font-bold">
                <KindName kind={lot.kind} label={lot.label} />
              </span>
              <span className="text-xl font-bold">
                <Amount yen={lot.remainingYen} />
              </span>
              <span className="w-full text-sm">
                {lot.isSpendable
                  ? w('wallet.until', { day: f.day(lot.lastDay) })
                  : w('wallet.from', { day: f.day(lot.use.from) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Next() {
  const { w } = useWords()
  const { steps, gap } = useSteps()
  const isWalletKnown = useQuery(walletAnswer).data !== undefined
  // Where the amount itself is waited for or missing, that says enough.
  const hasGap = gap !== null && isWalletKnown
  if (steps === null && !isWalletKnown) return null
  const [first] = steps ?? []
  if (steps?.length === 0 && !hasGap) return null
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-lg font-bold">{w('wallet.next')}</h2>
      {steps === null && <Looking />}
      {first !== undefined && <StepCard key={nameOf(first)} step={first} />}
      {steps !== null && steps.length > 1 && (
        <Link to="/more/notices" className="inline-flex min-h-12 items-center self-start underline">
          {w('wallet.more_steps', { count: steps.length - 1 })}
        </Link>
      )}
      {hasGap && (
        <Link
          to="/more/notices"
          data-gap
          className="inline-flex min-h-12 items-center self-start underline"
        >
          {w('wallet.not_all_known')}
        </Link>
      )}
    </section>
  )
}

/** About as large as the card that mostly comes in its place. */
const Looking = () => (
  <div className="flex min-h-38 flex-col justify-center rounded-12 bg-solid-gray-50">
    <Waiting />
  </div>
)

function Recent() {
  const { w } = useWords()
  const recent = useQuery(recentAnswer)
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-lg font-bold">{w('wallet.recent')}</h2>
      {recent.data === undefined ? (
        <Asked query={recent}>{() => null}</Asked>
      ) : (
        <>
          {recent.data.length === 0 && (
            <p className="text-solid-gray-700">{w('wallet.no_payments')}</p>
          )}
          <EntryList entries={recent.data.slice(0, 3)} />
          {recent.data.length > 0 && (
            <Link to="/history" className="inline-flex min-h-12 items-center self-start underline">
              {w('wallet.all_payments')}
            </Link>
          )}
        </>
      )}
    </section>
  )
}
