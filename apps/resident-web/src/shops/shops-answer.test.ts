import { queries } from '@minnaken/ui'
import { afterEach, expect, test, vi } from 'vitest'
import { shopsAnswer } from './shops-answer.ts'

afterEach(() => {
  queries.clear()
  vi.unstubAllGlobals()
})

test('the list of shops may be kept by the browser, which asks only whether it is still so', async () => {
  const asked: RequestInit[] = []
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    asked.push(init)
    return Response.json({ shops: [] })
  })
  expect(await queries.fetchQuery(shopsAnswer)).toEqual([])
  expect(asked.map(({ cache }) => cache)).toEqual(['no-cache'])
})
