import { type Device, queries } from '@minnaken/ui'
import { storageOf } from '@minnaken/ui/testing'
import { createElement } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { deviceAnswer, devicesAnswer } from '../answers.ts'
import { drawnAt } from '../testing.ts'
import { NewPhones } from './new-phones.tsx'

const listed = (deviceId: string, name: string) => ({
  deviceId,
  name,
  registeredAt: '2027-02-14T12:00:00.000Z',
  revokedAt: null,
})
const [own, other] = [listed('a', 'このスマホ'), listed('b', 'よそのスマホ')]
const here: Device = { deviceId: 'a', name: own.name, key: {} as CryptoKey }

beforeEach(() => vi.stubGlobal('localStorage', storageOf(new Map())))
afterEach(() => {
  queries.clear()
  vi.unstubAllGlobals()
})

/** What is told where nothing else is to be said. */
const told = (): Promise<string> =>
  drawnAt('/', {
    path: '/',
    component: () => createElement(NewPhones, { none: 'nothing to tell' }),
  })

test.each([
  ['where this one is registered', here],
  ['where none is registered', null],
])('another phone is told of %s, and not that there is nothing', async (_, device) => {
  queries.setQueryData(deviceAnswer.queryKey, device)
  queries.setQueryData(devicesAnswer.queryKey, [other])
  const page = await told()
  expect(page).toContain(other.name)
  expect(page).not.toContain('nothing to tell')
})

test('where there is no other phone, that is said once it is known', async () => {
  queries.setQueryData(devicesAnswer.queryKey, [own])
  const early = await told()
  expect(early).not.toContain(own.name)
  expect(early).not.toContain('nothing to tell')
  queries.setQueryData(deviceAnswer.queryKey, here)
  expect(await told()).toContain('nothing to tell')
})
