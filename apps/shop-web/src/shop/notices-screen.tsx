import {
  FailureNotice,
  Notice,
  RubyText,
  Screen,
  ask,
  call,
  failureOf,
  type Reply,
  queries,
  useFormat,
  Waiting,
} from '@minnaken/ui'
import type { noticesReply } from '@minnaken/settlement/contract'
import { useQuery } from '@tanstack/react-query'
import { Back } from '../till/back.tsx'
import { OwnerOnly } from '../till/owner-only.tsx'
import { useWords } from '../words.ts'

type Notices = Reply<typeof noticesReply>

/** What the federation tells its shops; opening one says that it was read. */
export function NoticesScreen() {
  const { w } = useWords()
  return (
    <Screen title={w('notices.title')}>
      <Back to="/shop" />
      <OwnerOnly>{({ shopId }) => <AllNotices key={shopId} shopId={shopId} />}</OwnerOnly>
    </Screen>
  )
}

function AllNotices({ shopId }: Readonly<{ shopId: string }>) {
  const { w } = useWords()
  const queryKey = ['notices', shopId]
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: () => ask<Notices>({ path: `/v1/shops/${shopId}/notices` }),
  })
  if (data === undefined)
    return error === null ? (
      <Waiting />
    ) : (
      <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
    )
  if (data.notices.length === 0) return <Notice title={w('notices.none')} />
  const read = async (noticeId: string) => {
    await call({
      method: 'POST',
      path: `/v1/shops/${shopId}/notices/${noticeId}/read`,
      isRepeatable: true,
    })
    await queries.invalidateQueries({ queryKey })
  }
  return (
    <ul className="flex flex-col gap-2">
      {data.notices.map((notice) => (
        <li key={notice.noticeId}>
          <OneNotice notice={notice} onRead={() => void read(notice.noticeId)} />
        </li>
      ))}
    </ul>
  )
}

function OneNotice({
  notice,
  onRead,
}: Readonly<{ notice: Notices['notices'][number]; onRead: () => void }>) {
  const { w } = useWords()
  const format = useFormat()
  return (
    <details
      className="rounded-12 border border-solid-gray-300 p-4"
      onToggle={(event) => {
        if (event.currentTarget.open && notice.readAt === null) onRead()
      }}
    >
      <summary className="min-h-12 cursor-pointer">
        <strong lang="ja">{notice.title}</strong>{' '}
        <span className="text-sm">
          <RubyText text={format.date(notice.publishedAt)} />
        </span>{' '}
        {notice.readAt === null && (
          <span className="rounded-full bg-accent-700 px-2 text-sm font-bold text-white">
            {w('notices.new')}
          </span>
        )}
      </summary>
      <p lang="ja" className="whitespace-pre-line">
        {notice.text}
      </p>
    </details>
  )
}
