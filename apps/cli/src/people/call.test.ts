import { expect, test } from 'vitest'
import { PlatformError } from '../command.ts'
import { call } from './call.ts'

test('where nobody answers it is said where that was, and what may be the reason', async () => {
  // Nothing listens at the port of a service that nobody has run since the eighties.
  const error = await call({ method: 'GET', url: 'http://127.0.0.1:11/v1/x' }).catch(
    (it: unknown) => it,
  )
  expect(error).toBeInstanceOf(PlatformError)
  expect(String(error)).toMatch(/http:\/\/127\.0\.0\.1:11 .*MINNAKEN_PORT_/s)
})
