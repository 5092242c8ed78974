import { type Device, forgetDevice, queries } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { deviceAnswer, devicesAnswer } from '../answers.ts'

/**
 * This phone, when it is registered; null when it is not, undefined until that is known. One that
 * was stopped from another phone forgets its key, since no code of it is taken any more.
 */
export function usePhone(): Device | null | undefined {
  const device = useQuery(deviceAnswer).data
  const devices = useQuery(devicesAnswer).data
  const isStopped = devices?.some(
    ({ deviceId, revokedAt }) => deviceId === device?.deviceId && revokedAt !== null,
  )
  useEffect(() => {
    if (isStopped !== true) return
    void forgetDevice().then(() => queries.setQueryData(deviceAnswer.queryKey, null))
  }, [isStopped])
  return isStopped === true ? null : device
}
