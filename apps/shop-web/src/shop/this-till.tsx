import { Button, Dialog, type Reply, ask, failureOf, useFormat } from '@minnaken/ui'
import type { tillReply } from '@minnaken/redemption/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { TillStopped } from '../till/till-stopped.tsx'
import { type Till, isStopped, leaveTill } from '../till/till.ts'
import { useWords } from '../words.ts'

/** Which till this device is, and the way to give it back. */
export function ThisTill({ till }: Readonly<{ till: Till }>) {
  const { w } = useWords()
  const format = useFormat()
  const [isLeaving, setIsLeaving] = useState(false)
  const { error } = useQuery({
    queryKey: ['till', till.tillId],
    queryFn: () => ask<Reply<typeof tillReply>>({ path: '/v1/tills/current', token: till.token }),
  })
  const failure = error === null ? undefined : failureOf(error)
  return (
    <section className="flex flex-col gap-2 rounded-12 border border-solid-gray-300 p-4">
      <h2 className="text-xl font-bold">{w('till.this')}</h2>
      <p>
        {till.shop.name} · <strong>{till.name}</strong>
      </p>
      <p className="text-sm">{w('till.until', { date: format.date(till.expiresAt) })}</p>
      {failure !== undefined && isStopped(failure) && <TillStopped failure={failure} />}
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
        <p>{w('till.leave_text')}</p>
      </Dialog>
    </section>
  )
}
