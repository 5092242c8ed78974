import { queries } from '@minnaken/ui'
import { afterEach, expect, test, vi } from 'vitest'
import { shopsAnswer } from './shops-answer.ts'

afterEach(() => {
  queries.clear()
  vi.unstubAllGlobals()
})

test('the list of shops may be kept by the browser, which asks only whether it is still so', async () => {
  const asked: (string | undefined)[] = []
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('fetch', async (address: string, { cache }: RequestInit) => {
    if (address.endsWith('/v1/public/shops')) asked.push(cache)
    return Response.json({ shops: [] })
  })
  expect(await queries.fetchQuery(shopsAnswer)).toEqual([])
  expect(asked).toEqual(['no-cache'])
})
