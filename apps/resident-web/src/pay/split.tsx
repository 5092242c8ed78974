import { Amount } from '@minnaken/ui'
import { KindName } from '../kind-name.tsx'

/** From which vouchers an amount is paid: 限定券 600円 ＋ 共通券 200円. */
export function Split({
  split,
}: Readonly<{ split: readonly Readonly<{ kind: string; yen: number }>[] }>) {
  return (
    <ul className="text-lg">
      {split.map(({ kind, yen }, at) => (
        <li key={kind} data-part={kind} className="inline-block whitespace-nowrap not-last:mr-2">
          {at > 0 && <span aria-hidden="true">＋ </span>}
          <KindName kind={kind} /> <Amount yen={yen} />
        </li>
      ))}
    </ul>
  )
}
