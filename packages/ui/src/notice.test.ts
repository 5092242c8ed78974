import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { FailureNotice } from './failure-notice.tsx'
import { Notice, type NoticeKind } from './notice.tsx'

const page = (kind: NoticeKind, isAnswer: boolean): string =>
  renderToStaticMarkup(createElement(Notice, { kind, isAnswer, title: 'title' }))

test.each<[string, NoticeKind, boolean, string]>([
  ['a warning that answers what was just done interrupts', 'warning', true, 'alert'],
  ['so does any other answer', 'waiting', true, 'alert'],
  ['and an error, whenever it comes', 'error', false, 'alert'],
  ['a warning that was there before waits to be read', 'warning', false, 'status'],
  ['and so does all else', 'info', false, 'status'],
])('%s: %s', (_, kind, isAnswer, role) => {
  expect(page(kind, isAnswer)).toContain(`role="${role}"`)
})

test.each([{ kind: 'offline' }, { kind: 'outcome_unknown' }] as const)(
  'why there is no answer is said at once: $kind',
  (failure) => {
    const said = renderToStaticMarkup(createElement(FailureNotice, { failure }))
    expect(said).toContain('role="alert"')
  },
)
