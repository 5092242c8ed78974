import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { orNothing } from './or-nothing.ts'

const shown = async (part: Parameters<typeof orNothing>[0]): Promise<string> =>
  renderToStaticMarkup(createElement((await orNothing(part)).default))

test('a part that cannot be loaded leaves its place empty, and its screen as it is', async () => {
  expect(await shown(Promise.resolve(() => 'a notice'))).toBe('a notice')
  expect(await shown(Promise.reject(new Error('offline')))).toBe('')
})
