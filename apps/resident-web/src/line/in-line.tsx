import { Button, call, serverNow, useFormat } from '@minnaken/ui'
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useAwakeScreen } from '../awake-screen.ts'
import { useWords } from '../words.ts'
import { type Standing, waitInLine } from './wait-in-line.ts'

/**
 * The screen of somebody who waits in line: their place, and about when it is their turn. What is
 * behind it stays as it is. It goes on by itself, or by a button where a person has to be there.
 */
export function InLine({
  isByHand = false,
  onTurn,
  onLeave,
}: Readonly<{ isByHand?: boolean; onTurn: () => void; onLeave: () => void }>) {
  const { w } = useWords()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const standing = useStanding(isByHand ? null : onTurn)
  useAwakeScreen()
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  const isTurn = standing?.state === 'open' || standing?.state === 'admitted'
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={onLeave}
      className="m-0 size-full max-h-none max-w-none overflow-auto border-8 border-accent-900 bg-white p-4"
    >
      <div className="mx-auto flex min-h-full max-w-120 flex-col items-center justify-center gap-5 text-center">
        <h1 id={id} className="text-2xl font-bold leading-140">
          {isTurn ? w('line.turn') : w('line.title')}
        </h1>
        <div aria-live="polite" className="flex flex-col gap-3">
          {standing !== null && <Where standing={standing} />}
        </div>
        {isTurn ? (
          isByHand && (
            <Button isWide onClick={onTurn}>
              {w('line.go')}
            </Button>
          )
        ) : (
          <>
            <div className="flex flex-col gap-3 rounded-12 bg-accent-50 p-4 text-left">
              <p className="font-bold">{isByHand ? w('line.stay_by_hand') : w('line.stay')}</p>
              <p>{w('line.no_press')}</p>
              <p>{w('line.shops')}</p>
            </div>
            <Button kind="quiet" onClick={onLeave}>
              {w('line.leave')}
            </Button>
          </>
        )}
      </div>
    </dialog>
  )
}

/** So short a wait is not given as a time of day. */
const CLOCK_SECONDS_MIN = 120

function Where({ standing }: Readonly<{ standing: Standing }>): ReactNode {
  const { w } = useWords()
  const f = useFormat()
  if (standing.state === 'unreachable') return <p>{w('line.unreachable')}</p>
  if (standing.state === 'full') return <p>{w('line.full')}</p>
  if (standing.state !== 'waiting') return null
  const { place, estimatedWaitSeconds } = standing
  const minutes = Math.max(1, Math.ceil(estimatedWaitSeconds / 60))
  return (
    <>
      <p className="text-4xl font-bold tabular-nums">
        {w('line.place', { place: f.number(place) })}
      </p>
      <p className="text-xl">{w('line.minutes', { count: minutes })}</p>
      {estimatedWaitSeconds >= CLOCK_SECONDS_MIN && (
        <p>{w('line.about', { time: f.time(serverNow() + estimatedWaitSeconds * 1_000) })}</p>
      )}
    </>
  )
}

/** Stands in line as long as the screen is open; null until it is known where. */
function useStanding(onTurn: (() => void) | null): Standing | null {
  const [standing, setStanding] = useState<Standing | null>(null)
  const heard = useRef(onTurn)
  useEffect(() => {
    heard.current = onTurn
  })
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    waitInLine(
      {
        ask: (method) => call({ method, path: '/v1/admission', isRepeatable: true, signal }),
        wait: (ms) => pause(ms, signal),
      },
      setStanding,
    ).then(
      () => heard.current?.(),
      (error: unknown) => {
        if (!signal.aborted) throw error
      },
    )
    return () => leaving.abort()
  }, [])
  return standing
}

/**
 * Waits, but not longer than until the network is back or the phone is looked at again: a phone in
 * a pocket stops its clocks. Rejects when the screen is left.
 */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      document.removeEventListener('visibilitychange', seen)
      signal.removeEventListener('abort', end)
      if (signal.aborted) reject(signal.reason as Error)
      else resolve()
    }
    const seen = () => {
      if (!document.hidden) end()
    }
    const timer = setTimeout(end, ms)
    addEventListener('online', end)
    document.addEventListener('visibilitychange', seen)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
