import {
  Button,
  type Failure,
  FailureNotice,
  Notice,
  QrCode,
  serverNow,
  useFormat,
} from '@minnaken/ui'
import { useEffect, useState } from 'react'
import { makeJoinCode } from '../till/till.ts'
import { useWords } from '../words.ts'

type Invited = Readonly<{ link: string; expiresAt: string; tillsBefore: number }>

/** A code that makes one phone a till: to be scanned from this screen, or sent as a link. */
export function Invitation({ shopId, tillsNow }: Readonly<{ shopId: string; tillsNow: number }>) {
  const { w } = useWords()
  const [invited, setInvited] = useState<Invited>()
  const [failure, setFailure] = useState<Failure>()
  const [isBusy, setIsBusy] = useState(false)
  const make = async () => {
    setIsBusy(true)
    const made = await makeJoinCode(shopId)
    setIsBusy(false)
    setFailure(made.kind === 'answered' ? undefined : made)
    if (made.kind !== 'answered') return
    const { joinCode, expiresAt } = made.value
    setInvited({ link: `${location.origin}/join#${joinCode}`, expiresAt, tillsBefore: tillsNow })
  }
  const isOver = useIsOver(invited?.expiresAt)
  const hasJoined = invited !== undefined && tillsNow > invited.tillsBefore
  return (
    <section className="flex flex-col gap-3 rounded-12 bg-accent-50 p-4">
      {failure !== undefined && <FailureNotice failure={failure} />}
      {hasJoined && <Notice kind="success" title={w('tills.joined')} />}
      {invited !== undefined && !hasJoined && isOver && (
        <Notice kind="warning" title={w('tills.code_over')} />
      )}
      {invited !== undefined && !hasJoined && !isOver ? (
        <Shown invited={invited} />
      ) : (
        <p>{w('tills.text')}</p>
      )}
      <Button
        isWide
        kind={invited === undefined || hasJoined || isOver ? 'primary' : 'secondary'}
        isBusy={isBusy}
        onClick={() => void make()}
      >
        {invited === undefined ? w('tills.add') : w('tills.another')}
      </Button>
    </section>
  )
}

function Shown({ invited: { link, expiresAt } }: Readonly<{ invited: Invited }>) {
  const { w, t } = useWords()
  const format = useFormat()
  const [isCopied, setIsCopied] = useState(false)
  const canShare = 'share' in navigator
  const pass = async () => {
    try {
      if (canShare) await navigator.share({ title: t('join.title'), url: link })
      else await navigator.clipboard.writeText(link)
      setIsCopied(!canShare)
    } catch {
      // The person changed their mind, or the browser allows neither: the code is still there.
    }
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="font-bold">{w('tills.scan_this')}</p>
      <QrCode text={link} label={t('tills.scan_this')} />
      <p className="text-center">{w('tills.until', { time: format.time(expiresAt) })}</p>
      <p className="sr-only" data-join-link={link} />
      <Button kind="secondary" onClick={() => void pass()}>
        {canShare ? w('tills.share') : w('tills.copy')}
      </Button>
      <p role="status">{isCopied ? w('tills.copied') : null}</p>
    </div>
  )
}

function useIsOver(expiresAt: string | undefined): boolean {
  const [over, setOver] = useState<string>()
  useEffect(() => {
    if (expiresAt === undefined) return undefined
    const timer = setTimeout(() => setOver(expiresAt), Date.parse(expiresAt) - serverNow())
    return () => clearTimeout(timer)
  }, [expiresAt])
  return expiresAt !== undefined && over === expiresAt
}
