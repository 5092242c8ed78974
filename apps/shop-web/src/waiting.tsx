import { Spinner } from '@minnaken/ui'
import { useEffect, useState } from 'react'
import { useWords } from './words.ts'

/** Nothing for the first moment, then a sign and words: a short wait does not flicker. */
export function Waiting() {
  const { w } = useWords()
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), 300)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status" data-waiting className="flex min-h-32 items-center justify-center gap-3">
      {isLong && (
        <>
          <Spinner />
          {w('waiting')}
        </>
      )}
    </div>
  )
}
