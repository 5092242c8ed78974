import type { TwoWords } from '@minnaken/qr'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { Amount } from './amount.tsx'
import { format } from './format.ts'
import { RubyText } from './ruby-text.tsx'
import { serverNow } from './server-time.ts'
import { takeOver } from './take-over.ts'
import { TwoWordsView } from './two-words-view.tsx'

export type ResultKind = 'success' | 'refused' | 'unknown'

const looks: Readonly<Record<ResultKind, Readonly<{ sign: string; look: string }>>> = {
  success: { sign: '✓', look: 'bg-green-50 border-green-800 text-green-1200' },
  refused: { sign: '!', look: 'bg-yellow-50 border-yellow-900 text-solid-gray-900' },
  unknown: { sign: '…', look: 'bg-blue-50 border-blue-900 text-solid-gray-900' },
}

/**
 * What came of a payment, over the whole screen: green when it was taken, amber when not, blue
 * while it is not known. A second hand runs, so that a picture of the screen stands still. Nothing
 * behind it can be reached. Its heading takes the focus and is called by what happened, the amount
 * and the two words, so that who listens hears all three at once, and then what stands below.
 */
export function ResultScreen({
  kind,
  title,
  yen,
  words,
  at,
  children,
  actions,
}: Readonly<{
  kind: ResultKind
  title: ReactNode
  yen?: number
  words?: TwoWords | undefined
  /** When it was taken, in server time. */
  at?: string | undefined
  children?: ReactNode
  actions?: ReactNode
}>) {
  const { sign, look } = looks[kind]
  const id = useId()
  const called = [`${id}-title`, `${id}-yen`, `${id}-words`].join(' ')
  return (
    <section
      ref={takeOver}
      data-result={kind}
      className={`fixed inset-0 z-30 flex flex-col overflow-auto border-8 p-4 ${look}`}
    >
      <div className="m-auto flex w-full max-w-120 flex-col items-center gap-4 text-center">
        <span
          aria-hidden="true"
          className="flex size-20 items-center justify-center rounded-full border-4 border-current text-5xl font-bold leading-100"
        >
          {sign}
        </span>
        <div role={kind === 'refused' ? 'alert' : 'status'} className="flex flex-col gap-4">
          <div className="flex flex-col gap-2">
            {yen !== undefined && (
              <p id={`${id}-yen`}>
                <Amount yen={yen} size="largest" />
              </p>
            )}
            <h1
              key={kind}
              ref={focusOn}
              tabIndex={-1}
              aria-labelledby={called}
              aria-describedby={`${id}-more`}
              className="text-2xl font-bold leading-140 shadow-none outline-none"
            >
              <span id={`${id}-title`}>{title}</span>
            </h1>
          </div>
          {words !== undefined && (
            <div id={`${id}-words`}>
              <TwoWordsView words={words} />
            </div>
          )}
        </div>
        {at !== undefined && <RunningTime at={at} />}
        <div id={`${id}-more`} className="contents">
          {children}
        </div>
        {actions !== undefined && <div className="flex w-full flex-col gap-2">{actions}</div>}
      </div>
    </section>
  )
}

/** Another result is another heading, which takes the focus when it comes. */
const focusOn = (heading: HTMLElement | null): void => heading?.focus()

/** When it was, and the clock that goes on: with reduced motion too, because standing still means a picture. */
function RunningTime({ at }: Readonly<{ at: string }>) {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <p className="tabular-nums">
      <RubyText text={format.dayAndTime(at)} />{' '}
      <span aria-hidden="true" className="ml-2 inline-block rounded-4 border px-2 font-bold">
        {format.timeWithSeconds(now)}
      </span>
    </p>
  )
}
