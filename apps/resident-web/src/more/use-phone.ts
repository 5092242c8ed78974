import { type Device, forgetDevice, queries, serverNow } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { deviceAnswer, devicesAnswer } from '../answers.ts'
import { phoneOf } from './phone-of.ts'

/**
 * This phone, when it is registered; null when it is not, undefined until that is known. The key
 * of one that was stopped from another phone, or is somebody else's, is thrown away.
 */
export function usePhone(): Device | null | undefined {
  const kept = useQuery(deviceAnswer).data
  const phone = phoneOf(kept, useQuery(devicesAnswer).data)
  const isUseless = phone === null && kept !== null && kept !== undefined
  useEffect(() => {
    if (!isUseless) return
    void forgetDevice().then(() => queries.setQueryData(deviceAnswer.queryKey, null))
  }, [isUseless])
  return phone
}

/** A phone that was registered just now. It is on the list at once: a key that is not is useless. */
export async function showRegistered(device: Device): Promise<void> {
  const { queryKey } = devicesAnswer
  await queries.cancelQueries({ queryKey })
  const { deviceId, name } = device
  const registeredAt = new Date(serverNow()).toISOString()
  queries.setQueryData(queryKey, (list) =>
    list?.concat({ deviceId, name, registeredAt, revokedAt: null }),
  )
  queries.setQueryData(deviceAnswer.queryKey, device)
  void queries.invalidateQueries({ queryKey })
}
