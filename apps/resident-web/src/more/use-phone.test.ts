import { type Device, queries } from '@minnaken/ui'
import { QueryClientProvider } from '@tanstack/react-query'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, expect, test } from 'vitest'
import { deviceAnswer, devicesAnswer } from '../answers.ts'
import { showRegistered, usePhone } from './use-phone.ts'

const kept: Device = { deviceId: 'a', name: '古いスマホ', key: {} as CryptoKey }
const live = { name: '', registeredAt: '2027-02-14T12:00:00Z', revokedAt: null }

function Phone(): string {
  const phone = usePhone()
  if (phone === undefined) return 'not known'
  return phone === null ? 'none' : phone.name
}

const shownNow = (): string =>
  renderToStaticMarkup(
    createElement(QueryClientProvider, { client: queries }, createElement(Phone)),
  )

afterEach(() => queries.clear())

test.each([
  ['of the own list', { ...live, deviceId: 'a' }, kept.name],
  ['that was stopped', { ...live, deviceId: 'a', revokedAt: live.registeredAt }, 'none'],
  ['of somebody else', { ...live, deviceId: 'b' }, 'none'],
])('a phone %s is the phone of a screen or not', (_, listed, shown) => {
  queries.setQueryData(deviceAnswer.queryKey, kept)
  queries.setQueryData(devicesAnswer.queryKey, [listed])
  expect(shownNow()).toBe(shown)
})

test('a phone that was registered just now is on the list at once', async () => {
  queries.setQueryData(deviceAnswer.queryKey, null)
  queries.setQueryData(devicesAnswer.queryKey, [{ ...live, deviceId: 'b' }])
  await showRegistered(kept)
  expect(shownNow()).toBe(kept.name)
})
