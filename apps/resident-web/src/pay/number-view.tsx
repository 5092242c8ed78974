import { serverNow, type ShownCode, useIsOnline } from '@minnaken/ui'
import { useEffect, useState } from 'react'
import { useWords } from '../words.ts'
import { numberOf, stillReadOut, useNumbers } from './code-number.ts'
import { grouped } from './code-time.ts'

/** The digits under the code. Without a network, or without digits, the code pays all the same. */
export function NumberView({ code }: Readonly<{ code: ShownCode | null }>) {
  const { w } = useWords()
  const isOnline = useIsOnline()
  const numbers = useNumbers(code)
  const number = numberOf(numbers, code)
  const earlier = stillReadOut(numbers, { code, now: useServerNow() })
  const isMissing = number.kind === 'missing'
  return (
    <>
      {(isMissing || !isOnline) && (
        <div role="status" className="flex flex-col gap-1 text-center">
          <p>{w('show.offline')}</p>
          {isMissing && <p className="text-sm">{w('show.no_number')}</p>}
        </div>
      )}
      {(!isMissing || earlier !== null) && (
        <div className="text-center">
          <p className="text-sm">{w('show.number')}</p>
          {earlier !== null && <EarlierNumber number={earlier} />}
          {!isMissing && (
            <output
              data-number={number.kind === 'issued' ? number.number : ''}
              className="block min-h-10 text-3xl font-bold tracking-wider"
            >
              {number.kind === 'issued' ? grouped(number.number, 4) : '…'}
            </output>
          )}
        </div>
      )}
    </>
  )
}

/** It stays where it was, so that whoever is reading it out does not lose the place. */
function EarlierNumber({ number }: Readonly<{ number: string }>) {
  const { w } = useWords()
  return (
    <div className="text-solid-gray-700">
      <p className="min-h-10 text-3xl tracking-wider">{grouped(number, 4)}</p>
      <p className="text-sm">{w('show.number_before')}</p>
    </div>
  )
}

function useServerNow(): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 500)
    return () => clearInterval(timer)
  }, [])
  return now
}
