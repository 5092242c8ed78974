import { Notice, buttonLook, useFormat } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTill } from '../till/till.ts'
import { useWords } from '../words.ts'
import { readPending } from './pending.ts'

/**
 * A payment of this till whose outcome only this till can still ask about, and what that means
 * here: where nothing else is said, that the till is not to be given up before.
 */
export function InDoubtNotice({ children }: Readonly<{ children?: ReactNode }>) {
  const { w } = useWords()
  const format = useFormat()
  const tillId = useTill()?.tillId
  const { data: payment = null } = useQuery({
    queryKey: ['in-doubt', tillId],
    queryFn: () => (tillId === undefined ? null : readPending(tillId, Date.now())),
    staleTime: 0,
    // What was in doubt may be known by now, and is not to be told again until it was read again.
    gcTime: 0,
  })
  if (payment === null) return null
  return (
    <Notice
      kind="warning"
      title={w('till.in_doubt', { yen: format.yen(payment.yen) })}
      action={
        <Link to="/" className={buttonLook('secondary')}>
          {w('tab.receive')}
        </Link>
      }
    >
      {children ?? w('till.in_doubt_text')}
    </Notice>
  )
}
