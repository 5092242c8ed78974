import { Button, FailureTitle, Notice, type Problem, useFormat } from '@minnaken/ui'
import { KindName } from '../kind-name.tsx'
import { useWords } from '../words.ts'
import { refusalOf } from './refused.ts'

/** Why an amount is not taken here, and the button for what would be. No money has moved. */
export function RefusalView({
  problem,
  yen,
  onWorks,
}: Readonly<{ problem: Problem; yen: number; onWorks: (yen: number) => void }>) {
  const { w } = useWords()
  const f = useFormat()
  const refusal = refusalOf(problem, yen)
  switch (refusal.kind) {
    case 'too_much': {
      const { worksYen, restYen, elsewhere } = refusal
      return (
        <Notice
          isAnswer
          kind="warning"
          title={w('refused.too_much', { yen: f.yen(worksYen) })}
          action={
            <Button onClick={() => onWorks(worksYen)}>
              {w('refused.pay_only', { yen: f.yen(worksYen) })}
            </Button>
          }
        >
          <p>{w('refused.rest', { yen: f.yen(restYen) })}</p>
          {elsewhere.length > 0 && <NotHere kinds={elsewhere} />}
          <p>{w('not_taken.no_money')}</p>
        </Notice>
      )
    }
    case 'nothing_here':
      return (
        <Notice isAnswer kind="warning" title={w('refused.nothing_here')}>
          {refusal.elsewhere.length > 0 && <NotHere kinds={refusal.elsewhere} />}
          <p>{w('not_taken.no_money')}</p>
        </Notice>
      )
    case 'too_little':
      return (
        <Notice
          isAnswer
          kind="warning"
          title={w('refused.too_little', { yen: f.yen(refusal.minYen) })}
          action={
            <Button onClick={() => onWorks(refusal.minYen)}>
              {w('refused.pay_at_least', { yen: f.yen(refusal.minYen) })}
            </Button>
          }
        >
          {w('not_taken.no_money')}
        </Notice>
      )
    case 'other':
      return (
        <Notice
          isAnswer
          kind="warning"
          title={
            refusal.words === null ? (
              <FailureTitle failure={{ kind: 'refused', problem: refusal.problem }} />
            ) : (
              w(`refused.code.${refusal.words}`)
            )
          }
        >
          {w('not_taken.no_money')}
        </Notice>
      )
    default:
      return refusal satisfies never
  }
}

function NotHere({ kinds }: Readonly<{ kinds: readonly string[] }>) {
  const { w } = useWords()
  return (
    <ul>
      {kinds.map((kind) => (
        <li key={kind}>
          <KindName kind={kind} />
          {w('refused.not_here')}
        </li>
      ))}
    </ul>
  )
}
