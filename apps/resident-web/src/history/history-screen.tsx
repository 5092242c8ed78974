import { Button, RubyText, Screen, useFormat } from '@minnaken/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type HistoryEntry, historyAnswer, recentAnswer } from '../answers.ts'
import { Asked } from '../asked.tsx'
import { useWords } from '../words.ts'
import { byMonth } from './by-month.ts'
import { EntryList } from './entry-list.tsx'

/** Everything that was paid and that came back, the newest first. */
export function HistoryScreen() {
  const { w } = useWords()
  const history = useInfiniteQuery(historyAnswer)
  const recent = useQuery(recentAnswer)
  const entries = history.data?.pages.flatMap((page) => page.entries)
  // Until they are there, and without a network, the last ones that were seen.
  const shown = { ...history, data: entries ?? recent.data }
  return (
    <Screen title={w('history.title')}>
      <Asked query={shown}>{(list) => <Months entries={list} />}</Asked>
      {history.hasNextPage && (
        <Button
          kind="secondary"
          isBusy={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {w('history.more')}
        </Button>
      )}
    </Screen>
  )
}

function Months({ entries }: Readonly<{ entries: readonly HistoryEntry[] }>) {
  const { w } = useWords()
  const f = useFormat()
  if (entries.length === 0) return <p>{w('history.empty')}</p>
  return byMonth(entries).map(({ month, entries: list }) => (
    <section key={month}>
      <h2 className="border-b-2 border-solid-gray-600 text-lg font-bold">
        <RubyText text={f.month(month)} />
      </h2>
      <EntryList entries={list} />
    </section>
  ))
}
