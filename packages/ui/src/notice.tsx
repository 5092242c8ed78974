import type { ReactNode } from 'react'
import { useUiWords } from './words.ts'

export type NoticeKind = 'info' | 'success' | 'warning' | 'error' | 'waiting'

const looks: Readonly<Record<NoticeKind, Readonly<{ sign: string; look: string }>>> = {
  info: { sign: 'ℹ', look: 'border-blue-900 bg-blue-50' },
  success: { sign: '✓', look: 'border-green-800 bg-green-50' },
  warning: { sign: '!', look: 'border-yellow-900 bg-yellow-50' },
  error: { sign: '×', look: 'border-red-900 bg-red-50' },
  waiting: { sign: '…', look: 'border-blue-900 bg-blue-50' },
}

/**
 * A message in the page: a sign, words and a colour that say the same. An error interrupts who
 * listens to the page, and so does what answers something that was just done (`isAnswer`): a status
 * that comes with its words already in it is often not said at all. What stands there from the
 * beginning is read in its place.
 */
export function Notice({
  kind = 'info',
  title,
  children,
  action,
  isAnswer = false,
}: Readonly<{
  kind?: NoticeKind
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
  isAnswer?: boolean
}>) {
  const { t } = useUiWords()
  const { sign, look } = looks[kind]
  return (
    <div
      role={kind === 'error' || isAnswer ? 'alert' : 'status'}
      className={`flex gap-3 rounded-8 border-2 border-l-8 p-3 ${look}`}
    >
      <span aria-hidden="true" className="w-6 flex-none text-center text-xl font-bold leading-140">
        {sign}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="font-bold">
          <span className="sr-only">{t(`ui.notice.${kind}`)} </span>
          {title}
        </p>
        {children !== undefined && <div>{children}</div>}
        {action}
      </div>
    </div>
  )
}
