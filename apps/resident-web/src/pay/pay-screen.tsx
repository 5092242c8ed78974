import { type Device, readStored, Screen, store } from '@minnaken/ui'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { Waiting } from '../asked.tsx'
import { RegisterPhone } from '../more/register-phone.tsx'
import { usePhone } from '../more/use-phone.ts'
import { useWords } from '../words.ts'
import { type PendingPayment, readPending } from './pending-payment.ts'
import { Resolving } from './resolving.tsx'
import { ShowFace } from './show-face.tsx'

const ReadFace = lazy(async () => ({ default: (await import('./read-face.tsx')).ReadFace }))

const faces = ['show', 'read'] as const

type Face = (typeof faces)[number]

/** Paying: the shop reads this phone, or this phone reads the shop. The last way is remembered. */
export function PayScreen() {
  const { w } = useWords()
  const { code } = useParams({ strict: false })
  const device = usePhone()
  const [pending, setPending] = useState(readPending)
  if (pending !== null) return <Resolving payment={pending} onDone={() => setPending(null)} />
  return (
    <Screen title={w('pay.title')} isTitleHidden>
      {device === undefined && <Waiting />}
      {device === null && <RegisterPhone />}
      {device !== undefined && device !== null && (
        <Faces device={device} shopCode={code} onPending={setPending} />
      )}
    </Screen>
  )
}

function Faces({
  device,
  shopCode,
  onPending,
}: Readonly<{
  device: Device
  shopCode: string | undefined
  /** While one payment is in doubt nobody begins another. */
  onPending: (pending: PendingPayment | null) => void
}>) {
  const { w } = useWords()
  const [face, setFace] = useState<Face>(
    shopCode !== undefined || readStored('face') === 'read' ? 'read' : 'show',
  )
  const choose = (next: Face) => {
    store('face', next)
    setFace(next)
    // One that was on its way when the face was changed.
    onPending(readPending())
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
          <ReadFace device={device} shopCode={shopCode} onUnknown={onPending} />
        </Suspense>
      )}
    </>
  )
}
