import { buttonLook, Button, playRefusal, type Problem, ResultScreen } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useWords } from '../words.ts'
import type { PendingPayment } from './pending-payment.ts'
import { RefusalView } from './refusal-view.tsx'
import { refusalOf } from './refused.ts'

/** A payment that was not taken: why, that no money moved, and how to go on. */
export function NotTaken({
  problem,
  payment: { shopName, amountYen },
  onDone,
  onWorks,
}: Readonly<{
  problem: Problem
  payment: Pick<PendingPayment, 'shopName' | 'amountYen'>
  onDone: () => void
  /** At the same shop, the amount that would be taken. */
  onWorks: (yen: number) => void
}>) {
  const { w } = useWords()
  useEffect(playRefusal, [])
  const { kind } = refusalOf(problem, amountYen)
  const isOffered = kind === 'too_much' || kind === 'too_little'
  return (
    <ResultScreen
      kind="refused"
      title={w('not_taken.title')}
      actions={
        <>
          <Button isWide kind={isOffered ? 'secondary' : 'primary'} onClick={onDone}>
            {w('not_taken.again')}
          </Button>
          <Link to="/" className={buttonLook('quiet')}>
            {w('result.home')}
          </Link>
        </>
      }
    >
      <p lang="ja" className="text-xl font-bold">
        {shopName}
      </p>
      <div className="w-full text-left">
        <RefusalView problem={problem} yen={amountYen} onWorks={onWorks} />
      </div>
    </ResultScreen>
  )
}
