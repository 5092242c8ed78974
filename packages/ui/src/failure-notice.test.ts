import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, expect, test, vi } from 'vitest'
import { startWords } from './dictionaries.ts'
import { FailureNotice } from './failure-notice.tsx'
import type { Failure } from './problem.ts'

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: { dataset: {} } })
  vi.stubGlobal('navigator', { languages: ['ja'] })
  await startWords({ '../words/ja.json': async () => ({}) })
})

const saidOf = (failure: Failure): string =>
  renderToStaticMarkup(createElement(FailureNotice, { failure })).replaceAll(/<[^>]*>/g, '')

test('a wish that never left is told to have moved no money', () => {
  expect(saidOf({ kind: 'offline' })).toContain('お金は動いていません')
})

test.each<[string, Failure]>([
  ['what could not be read', { kind: 'offline', wasReading: true }],
  ['a wish whose outcome is not known', { kind: 'outcome_unknown' }],
])('%s says nothing about any money', (_, failure) => {
  expect(saidOf(failure)).not.toContain('お金')
})

test('what could not be read says so', () => {
  expect(saidOf({ kind: 'offline', wasReading: true })).toContain('読み込めませんでした')
})
