import { storageOf } from '@minnaken/ui/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { knowPhones, newPhonesOf, phonesKnownUntil } from './new-phones-of.ts'

beforeEach(() => vi.stubGlobal('localStorage', storageOf(new Map())))
afterEach(() => vi.unstubAllGlobals())

const phone = (deviceId: string, hour: number, revokedAt: string | null = null) => ({
  deviceId,
  registeredAt: `2027-02-14T${hour}:00:00.000Z`,
  revokedAt,
})
const [old, here, added] = [phone('old', 10), phone('here', 11), phone('added', 12)]

const told = (own: readonly ReturnType<typeof phone>[], hereId: string | undefined = 'here') =>
  newPhonesOf(own, { hereId, knownUntil: phonesKnownUntil() }).map(({ deviceId }) => deviceId)

test('a phone tells of every other one that came into the wallet after it', () => {
  expect(told([old, here, added, phone('last', 13)])).toEqual(['added', 'last'])
  expect(told([old, here, added], 'added')).toEqual([])
  expect(told([old, here])).toEqual([])
})

test('what its owner knows of is told no more, and what comes then is', () => {
  knowPhones([added])
  expect(told([old, here, added])).toEqual([])
  expect(told([old, here, added, phone('last', 13)])).toEqual(['last'])
})

test('nothing is told of a phone that was stopped, nor where no phone is registered', () => {
  expect(told([here, phone('gone', 12, '2027-02-14T13:00:00.000Z')])).toEqual([])
  expect(told([old, added], undefined)).toEqual([])
  expect(told([old, added])).toEqual([])
})
