import { Button, call, Dialog, type Failure, forgetDevice, queries, typed } from '@minnaken/ui'
import { useState } from 'react'
import { deviceAnswer } from '../answers.ts'
import { Failed } from '../asked.tsx'
import { useWords } from '../words.ts'

/** Stops one phone for good: from then on no code of it is taken. */
export function StopPhone({
  device,
  isThisPhone,
}: Readonly<{ device: Readonly<{ deviceId: string; name: string }>; isThisPhone: boolean }>) {
  const { w } = useWords()
  const [isAsking, setIsAsking] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const stop = async () => {
    setIsBusy(true)
    const path = `/v1/devices/${device.deviceId}`
    const answer = await call({ method: 'DELETE', path, isRepeatable: true })
    setIsBusy(false)
    if (answer.kind !== 'answered') return setFailure(answer)
    if (isThisPhone) {
      await forgetDevice()
      queries.setQueryData(deviceAnswer.queryKey, null)
    }
    setIsAsking(false)
    await queries.invalidateQueries({ queryKey: ['devices'] })
    return undefined
  }
  return (
    <>
      <Button kind="danger" onClick={() => setIsAsking(true)}>
        <span className="sr-only">
          <bdi lang="">{device.name}</bdi>{' '}
        </span>
        {w('stop.button')}
      </Button>
      <Dialog
        title={w('stop.sure', { name: typed(device.name) })}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        actions={
          <Button kind="danger" isBusy={isBusy} onClick={() => void stop()}>
            {w('stop.button')}
          </Button>
        }
      >
        <p>{w('stop.text')}</p>
        {failure !== null && <Failed failure={failure} />}
      </Dialog>
    </>
  )
}
