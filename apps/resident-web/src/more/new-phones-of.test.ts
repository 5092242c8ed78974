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

const toldAt = (hereId: string | undefined, own: readonly ReturnType<typeof phone>[]) =>
  newPhonesOf(own, { hereId, knownUntil: phonesKnownUntil() }).map(({ deviceId }) => deviceId)

const told = (own: readonly ReturnType<typeof phone>[]) => toldAt('here', own)

test('a phone tells of every other one, also of those that were there before it', () => {
  expect(told([old, here, added])).toEqual(['old', 'added'])
  expect(toldAt('added', [old, here, added])).toEqual(['old', 'here'])
  expect(told([here])).toEqual([])
})

test('a browser where no phone is registered tells of all', () => {
  expect(toldAt(undefined, [old, added])).toEqual(['old', 'added'])
  knowPhones([old])
  expect(toldAt(undefined, [old, added])).toEqual(['added'])
})

test('what its owner knows of is told no more, and what comes then is', () => {
  knowPhones([old, added])
  expect(told([old, here, added])).toEqual([])
  expect(told([old, here, added, phone('last', 13)])).toEqual(['last'])
})

test('nothing is told of a phone that was stopped', () => {
  expect(told([here, phone('gone', 12, '2027-02-14T13:00:00.000Z')])).toEqual([])
})
