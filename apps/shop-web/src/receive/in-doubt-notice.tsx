import { Notice, buttonLook, useFormat } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTill } from '../till/till.ts'
import { useWords } from '../words.ts'
import { readPending } from './pending.ts'

/** A payment of this till whose outcome only this till can still ask about. */
export function InDoubtNotice() {
  const { w } = useWords()
  const format = useFormat()
  const tillId = useTill()?.tillId
  const { data: payment = null } = useQuery({
    queryKey: ['in-doubt', tillId],
    queryFn: () => (tillId === undefined ? null : readPending(tillId, Date.now())),
    staleTime: 0,
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
      {w('till.in_doubt_text')}
    </Notice>
  )
}
