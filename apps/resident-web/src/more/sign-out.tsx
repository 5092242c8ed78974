import {
  Button,
  Dialog,
  type Failure,
  FailureNotice,
  stopCamera,
  useFormat,
  japanese,
} from '@minnaken/ui'
import { type ReactNode, useState } from 'react'
import { type PendingPayment, readPending } from '../pay/pending-payment.ts'
import { endSession } from '../session/end-session.ts'
import { useWords } from '../words.ts'

/** Signs out here or everywhere. Whoever would lose sight of a payment in doubt is asked first. */
export function SignOut({
  path,
  children,
}: Readonly<{ path: Parameters<typeof endSession>[0]; children: ReactNode }>) {
  const { w } = useWords()
  const f = useFormat()
  const [inDoubt, setInDoubt] = useState<PendingPayment | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const end = async () => {
    setInDoubt(null)
    setIsBusy(true)
    setFailure(null)
    stopCamera()
    setFailure(await endSession(path))
    setIsBusy(false)
  }
  const begin = () => {
    const pending = readPending()
    if (pending === null) void end()
    else setInDoubt(pending)
  }
  return (
    <>
      {failure !== null && <FailureNotice failure={failure} words={w('device.not_signed_out')} />}
      <Button kind="secondary" isBusy={isBusy} onClick={begin}>
        {children}
      </Button>
      <Dialog
        title={w('device.in_doubt')}
        isOpen={inDoubt !== null}
        onClose={() => setInDoubt(null)}
        actions={
          <Button kind="danger" onClick={() => void end()}>
            {children}
          </Button>
        }
      >
        {inDoubt !== null && (
          <p>
            {w('device.in_doubt_text', {
              shop: japanese(inDoubt.shopName),
              yen: f.yen(inDoubt.amountYen),
            })}
          </p>
        )}
      </Dialog>
    </>
  )
}
