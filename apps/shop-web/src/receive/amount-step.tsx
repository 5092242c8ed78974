import { Button, Keypad, Notice, allowSound, focusOnScreen, useFormat } from '@minnaken/ui'
import { type Dispatch, useEffect, useLayoutEffect, useState } from 'react'
import { useWords } from '../words.ts'
import type { Happened, Receiving } from './receiving.ts'
import { recentAmounts } from './recent.ts'

/** More than a code may ever pay, so that the till can say what would work instead of going deaf. */
const YEN_MAX = 999_999

const SOON_MS = 500

/** The keypad, with the amounts of the last payments to press. */
export function AmountStep({
  state: { yen, code },
  happen,
}: Readonly<{ state: Extract<Receiving, { kind: 'amount' }>; happen: Dispatch<Happened> }>) {
  const { w } = useWords()
  useLayoutEffect(focusOnScreen, [])
  useEffect(() => {
    // While somebody types, what reads the code is fetched; not before there is something to type on.
    const timer = setTimeout(() => {
      void import('@minnaken/ui/scan').then(({ warmScanner }) => warmScanner())
    }, SOON_MS)
    return () => clearTimeout(timer)
  }, [])
  const done = () => {
    allowSound()
    happen({ kind: 'amount_done', at: Date.now() })
  }
  return (
    <div className="flex flex-1 flex-col gap-3 short:flex-row">
      <div className="flex min-w-0 flex-col gap-3 short:flex-1">
        {code !== null && (
          <Notice
            kind="success"
            title={w('receive.code_held')}
            action={
              <Button kind="quiet" onClick={() => happen({ kind: 'next' })}>
                {w('receive.code_drop')}
              </Button>
            }
          />
        )}
        <Keypad
          yen={yen}
          max={YEN_MAX}
          label={w('receive.title')}
          onChange={(next) => {
            allowSound()
            happen({ kind: 'typed', yen: next })
          }}
          onDone={done}
        />
      </div>
      <div className="contents short:flex short:w-56 short:flex-col short:gap-3">
        <RecentAmounts onChoose={(next) => happen({ kind: 'typed', yen: next })} />
        <div className="sticky zoomed:static bottom-15 mt-auto bg-white py-2 md:bottom-0">
          <Button isWide disabled={yen === 0} onClick={done}>
            {code === null ? w('receive.to_code') : w('receive.take')}
          </Button>
        </div>
        {code === null && yen === 0 && (
          <Button kind="quiet" onClick={() => happen({ kind: 'code_first' })}>
            {w('receive.code_first')}
          </Button>
        )}
      </div>
    </div>
  )
}

function RecentAmounts({ onChoose }: Readonly<{ onChoose: (yen: number) => void }>) {
  const { t } = useWords()
  const format = useFormat()
  const [amounts] = useState(recentAmounts)
  if (amounts.length === 0) return null
  return (
    <ul
      aria-label={t('receive.recent')}
      className="flex gap-2 overflow-x-auto py-1 short:flex-wrap"
    >
      {amounts.map((yen) => (
        <li key={yen} className="flex-none">
          <button
            type="button"
            onClick={() => onChoose(yen)}
            className="min-h-12 rounded-full border border-solid-gray-500 bg-white px-4 font-bold active:bg-accent-100"
          >
            {format.yenShort(yen)}
          </button>
        </li>
      ))}
    </ul>
  )
}
