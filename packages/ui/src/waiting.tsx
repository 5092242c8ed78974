import { type ReactNode, useEffect, useState } from 'react'
import { Spinner } from './button.tsx'
import { useUiWords } from './words.ts'

const SOON_MS = 300

/** Says that it takes a moment, once it does: a short wait does not flicker. */
export function Waiting({ words }: Readonly<{ words?: ReactNode }>) {
  const { w } = useUiWords()
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), SOON_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <p role="status" data-waiting className="flex min-h-24 items-center justify-center gap-3">
      {isLong && (
        <>
          <Spinner />
          <span>{words ?? w('ui.waiting')}</span>
        </>
      )}
    </p>
  )
}
