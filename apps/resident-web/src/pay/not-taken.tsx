import {
  buttonLook,
  Button,
  FailureTitle,
  playRefusal,
  type Problem,
  ResultScreen,
} from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useWords } from '../words.ts'

/** A payment that was not taken: why, that no money moved, and how to go on. */
export function NotTaken({
  problem,
  shopName,
  onDone,
}: Readonly<{ problem: Problem; shopName: string; onDone: () => void }>) {
  const { w } = useWords()
  useEffect(playRefusal, [])
  const isLate = problem.code === 'code_expired' || problem.code === 'code_not_yet_valid'
  return (
    <ResultScreen
      kind="refused"
      title={w('not_taken.title')}
      actions={
        <>
          <Button isWide onClick={onDone}>
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
      <p>
        {isLate ? w('not_taken.late') : <FailureTitle failure={{ kind: 'refused', problem }} />}
      </p>
      <p>{w('not_taken.no_money')}</p>
    </ResultScreen>
  )
}
