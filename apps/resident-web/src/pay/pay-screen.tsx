import { type Device, focusOnScreen, readStored, Screen, store, Waiting } from '@minnaken/ui'
import { useLocation, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useLayoutEffect, useState } from 'react'
import { RegisterPhone } from '../more/register-phone.tsx'
import { usePhone } from '../more/use-phone.ts'
import { useWords } from '../words.ts'
import { ShowFace } from './show-face.tsx'
import { useOpenPayment } from './use-open-payment.ts'

const ReadFace = lazy(async () => ({ default: (await import('./read-face.tsx')).ReadFace }))

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** An amount that a shop would take, to pay at the shop of the address. */
    yen?: number
  }
}

const faces = ['show', 'read'] as const

type Face = (typeof faces)[number]

/**
 * Paying: the shop reads this phone, or this phone reads the shop. The last way is remembered. While
 * one payment is in doubt nobody begins another: what came of it stands before this screen.
 */
export function PayScreen() {
  const { w } = useWords()
  const device = usePhone()
  const isOpen = useOpenPayment() !== null
  return (
    <Screen title={w('pay.title')} isTitleHidden>
      {device === undefined && <Waiting />}
      {device === null && <RegisterPhone />}
      {device !== undefined && device !== null && !isOpen && <Faces device={device} />}
    </Screen>
  )
}

function Faces({ device }: Readonly<{ device: Device }>) {
  const { w } = useWords()
  const { code: shopCode } = useParams({ strict: false })
  const { yen: startYen = 0 } = useLocation().state
  const [face, setFace] = useState<Face>(
    shopCode !== undefined || readStored('face') === 'read' ? 'read' : 'show',
  )
  useLayoutEffect(focusOnScreen, [])
  const choose = (next: Face) => {
    store('face', next)
    setFace(next)
  }
  return (
    <>
      <div role="group" className="grid grid-cols-2 gap-1 rounded-12 bg-solid-gray-100 p-1">
        {faces.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={face === each}
            onClick={() => choose(each)}
            className="min-h-12 rounded-8 px-2 font-bold aria-pressed:bg-white aria-pressed:text-accent-900 aria-pressed:shadow-1"
          >
            <span aria-hidden="true">{each === 'show' ? '▦ ' : '📷 '}</span>
            {each === 'show' ? w('pay.show') : w('pay.read')}
          </button>
        ))}
      </div>
      {face === 'show' ? (
        <ShowFace device={device} />
      ) : (
        <Suspense fallback={<Waiting />}>
          <ReadFace device={device} shopCode={shopCode} startYen={startYen} />
        </Suspense>
      )}
    </>
  )
}
