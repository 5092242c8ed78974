import { Button, Dialog, type Reply, ask, failureOf, useFormat } from '@minnaken/ui'
import type { tillReply } from '@minnaken/redemption/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { InDoubtNotice } from '../receive/in-doubt-notice.tsx'
import { TillStopped } from '../till/till-stopped.tsx'
import { type Stopped, type Till, leaveTill, stoppedBy } from '../till/till.ts'
import { useWords } from '../words.ts'
import { standingOf } from './tills.ts'

/** A till that was struck off may still ask who it is, and is told since when it is none. */
function stoppedNow(
  till: Reply<typeof tillReply> | undefined,
  error: Error | null,
): Stopped | null {
  if (error !== null) return stoppedBy(failureOf(error))
  const standing = till === undefined ? 'open' : standingOf(till)
  return standing === 'open' ? null : standing
}

/** Which till this device is, and the way to give it back. */
export function ThisTill({ till }: Readonly<{ till: Till }>) {
  const { w } = useWords()
  const format = useFormat()
  const [isLeaving, setIsLeaving] = useState(false)
  const { data, error } = useQuery({
    queryKey: ['till', till.tillId],
    queryFn: () => ask<Reply<typeof tillReply>>({ path: '/v1/tills/current', token: till.token }),
  })
  const stopped = stoppedNow(data, error)
  return (
    <section className="flex flex-col gap-2 rounded-12 border border-solid-gray-300 p-4">
      <h2 className="text-xl font-bold">{w('till.this')}</h2>
      <p>
        <span lang="ja">{till.shop.name}</span> · <strong lang="ja">{till.name}</strong>
      </p>
      <p className="text-sm">{w('till.until', { date: format.date(till.expiresAt) })}</p>
      {stopped !== null && <TillStopped how={stopped} />}
      <Button kind="quiet" onClick={() => setIsLeaving(true)}>
        {w('till.leave')}
      </Button>
      <Dialog
        isOpen={isLeaving}
        onClose={() => setIsLeaving(false)}
        title={w('till.leave_title')}
        actions={
          <Button kind="danger" isWide onClick={() => void leaveTill()}>
            {w('till.leave')}
          </Button>
        }
      >
        {isLeaving && <InDoubtNotice />}
        <p>{w('till.leave_text')}</p>
      </Dialog>
    </section>
  )
}
