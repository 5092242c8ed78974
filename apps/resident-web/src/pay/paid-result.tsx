import type { payReply } from '@minnaken/redemption/contract'
import { buttonLook, Button, queries, type Reply, ResultScreen, useFormat } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useWords } from '../words.ts'
import { Split } from './split.tsx'

type Paid = Omit<Reply<typeof payReply>, 'replayed'>

/** A payment that was taken: the same amount and the same two words as on the shop's screen. */
export function PaidResult({ payment, onDone }: Readonly<{ payment: Paid; onDone: () => void }>) {
  const { w } = useWords()
  const f = useFormat()
  const { voidedYen = 0 } = payment
  useEffect(() => {
    for (const name of ['wallet', 'recent', 'history'])
      void queries.invalidateQueries({ queryKey: [name] })
  }, [])
  return (
    <ResultScreen
      kind="success"
      title={w('paid.title')}
      yen={payment.amountYen}
      words={payment.words}
      at={payment.acceptedAt}
      actions={
        <>
          <Button isWide onClick={onDone}>
            {w('paid.done')}
          </Button>
          <Link
            to="/history/$id"
            params={{ id: payment.redemptionId }}
            className={buttonLook('quiet')}
          >
            {w('paid.receipt')}
          </Link>
        </>
      }
    >
      <p lang="ja" className="text-xl font-bold">
        {payment.shop.name}
      </p>
      <div className="flex justify-center">
        <Split split={payment.split} />
      </div>
      {voidedYen > 0 && <p className="font-bold">{w('paid.voided', { yen: f.yen(voidedYen) })}</p>}
    </ResultScreen>
  )
}
