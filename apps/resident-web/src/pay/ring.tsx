import { serverNow, type ShownCode } from '@minnaken/ui'
import { type ReactNode, useEffect, useState } from 'react'
import { useWords } from '../words.ts'
import { SHOWN_MS, shownForMs } from './code-time.ts'

const RADIUS = 20
const ROUND = 2 * Math.PI * RADIUS

/** How long this code is shown before it is renewed by itself. */
export function Ring({ code }: Readonly<{ code: ShownCode }>): ReactNode {
  const { t } = useWords()
  const [leftMs, setLeftMs] = useState(SHOWN_MS)
  useEffect(() => {
    const timer = setInterval(() => setLeftMs(shownForMs(code, serverNow())), 250)
    return () => clearInterval(timer)
  }, [code])
  const seconds = Math.ceil(leftMs / 1_000)
  return (
    <svg
      viewBox="0 0 48 48"
      role="img"
      aria-label={t('show.ring', { seconds })}
      className="size-12"
    >
      <circle
        cx="24"
        cy="24"
        r={RADIUS}
        fill="none"
        strokeWidth="5"
        className="stroke-solid-gray-200"
      />
      <circle
        cx="24"
        cy="24"
        r={RADIUS}
        fill="none"
        strokeWidth="5"
        strokeDasharray={ROUND}
        strokeDashoffset={ROUND * (1 - leftMs / SHOWN_MS)}
        transform="rotate(-90 24 24)"
        className="stroke-accent-700"
      />
      <text x="24" y="29" textAnchor="middle" className="fill-current text-sm font-bold">
        {seconds}
      </text>
    </svg>
  )
}
