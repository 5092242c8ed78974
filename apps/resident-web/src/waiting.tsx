import { Spinner } from '@minnaken/ui'
import { type ReactNode, useEffect, useState } from 'react'
import { useWords } from './words.ts'

const SOON_MS = 300

/** Says that it takes a moment, once it does. */
export function Waiting({ words }: Readonly<{ words?: ReactNode }>) {
  const { w } = useWords()
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
          <span>{words ?? w('asked.waiting')}</span>
        </>
      )}
    </p>
  )
}
