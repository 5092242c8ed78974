import { Amount, RubyText, useFormat } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import type { HistoryEntry } from '../answers.ts'
import { useWords } from '../words.ts'

/** Payments, and what came back, as lines that lead to their receipts. */
export function EntryList({ entries }: Readonly<{ entries: readonly HistoryEntry[] }>) {
  return (
    <ul className="flex flex-col empty:hidden">
      {entries.map((entry) => (
        <li key={entry.id} className="border-b border-solid-gray-300">
          <Entry entry={entry} />
        </li>
      ))}
    </ul>
  )
}

function Entry({ entry }: Readonly<{ entry: HistoryEntry }>) {
  const { w } = useWords()
  const f = useFormat()
  const isBack = entry.kind === 'void'
  return (
    <Link
      to="/history/$id"
      params={{ id: entry.redemptionId }}
      className="flex min-h-16 items-center justify-between gap-4 py-2"
    >
      <span className="min-w-0">
        <span lang="ja" className="block font-bold">
          {entry.shop.name}
        </span>
        <span className="block text-sm text-solid-gray-700">
          <RubyText text={f.dayAndTime(entry.at)} />
          {isBack && <> · {w('history.came_back')}</>}
        </span>
      </span>
      <span className={`flex-none text-lg font-bold ${isBack ? 'text-green-900' : ''}`}>
        <span aria-hidden="true">{isBack ? '＋' : '−'}</span>
        <Amount yen={entry.yen} />
      </span>
    </Link>
  )
}
