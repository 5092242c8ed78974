import { shopCodeOf } from '@minnaken/qr'
import { Button, buttonLook, ResultScreen, useFormat } from '@minnaken/ui'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { askWhoIsHere, useSession } from '../session/session.ts'
import { useWords } from '../words.ts'
import { NotTaken } from './not-taken.tsx'
import { PaidResult } from './paid-result.tsx'
import { closeOpenPayment, forgetPending, type PendingPayment } from './pending-payment.ts'
import { useOutcome } from './use-outcome.ts'
import { whenSeen } from './when-seen.ts'

/**
 * A payment whose outcome is not known. It is asked about until it is, wherever in the app the
 * payer looks meanwhile; where they pay, this stands before everything. What came of it stands
 * before any screen.
 */
export function OpenPayment({ payment }: Readonly<{ payment: PendingPayment }>) {
  const { pathname } = useLocation()
  const isHere = useSession().kind !== 'signed_out'
  const { outcome, again } = useOutcome(payment, isHere)
  const navigate = useNavigate()
  const isSettled = outcome.kind === 'paid' || outcome.kind === 'refused'
  const isShown = isSettled && isHere
  useEffect(
    () => (isShown ? whenSeen(document, () => forgetPending(payment)) : undefined),
    [isShown, payment],
  )
  useLeaving(isSettled, pathname)
  if (!isHere) return null
  switch (outcome.kind) {
    case 'paid':
      return <PaidResult payment={outcome.payment} onDone={closeOpenPayment} />
    case 'refused':
      return (
        <NotTaken
          problem={outcome.problem}
          payment={payment}
          onDone={() => void navigate({ to: '/pay' }).then(closeOpenPayment)}
          onWorks={(yen) => {
            const params = { code: shopCodeOf(payment.shopNo) }
            void navigate({ to: '/s/$code', params, state: { yen } }).then(closeOpenPayment)
          }}
        />
      )
    case 'asking':
    case 'sign_in_needed':
      return pathname === '/pay' || pathname.startsWith('/s/') ? (
        <InDoubt
          payment={payment}
          onSignIn={outcome.kind === 'asking' ? undefined : () => void askWhoIsHere().then(again)}
        />
      ) : null
    default:
      return outcome satisfies never
  }
}

/** Whoever went on to another screen from an outcome has seen it. */
function useLeaving(isSettled: boolean, pathname: string): void {
  const shownAt = useRef<string>(undefined)
  useEffect(() => {
    if (!isSettled) return
    shownAt.current ??= pathname
    if (shownAt.current !== pathname) closeOpenPayment()
  }, [isSettled, pathname])
}

function InDoubt({
  payment,
  onSignIn,
}: Readonly<{ payment: PendingPayment; onSignIn: (() => void) | undefined }>) {
  const { w } = useWords()
  const f = useFormat()
  return (
    <ResultScreen
      kind="unknown"
      title={w('resolving.title')}
      yen={payment.amountYen}
      actions={
        <>
          {onSignIn !== undefined && (
            <Button isWide onClick={onSignIn}>
              {w('session.sign_in')}
            </Button>
          )}
          <Link to="/" className={buttonLook('secondary')}>
            {onSignIn === undefined ? w('resolving.leave') : w('result.home')}
          </Link>
        </>
      }
    >
      <p lang="ja" className="text-xl font-bold">
        {payment.shopName}
      </p>
      <p>
        {onSignIn === undefined
          ? w('resolving.text', { yen: f.yen(payment.amountYen) })
          : w('resolving.sign_in')}
      </p>
    </ResultScreen>
  )
}
