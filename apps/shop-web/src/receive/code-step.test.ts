import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CodeStep } from './code-step.tsx'
import type { NotPaying } from './receiving.ts'

const page = (not: NotPaying | null): string =>
  renderToStaticMarkup(
    createElement(CodeStep, {
      state: { kind: 'code', yen: 800, by: 'camera', not, except: null },
      happen: () => {},
      isPractice: false,
    }),
  )

test('whose code was held before the camera is said at once', () => {
  expect(page(null)).not.toContain('role="alert"')
  expect(page({ kind: 'foreign', service: 'PayPay' })).toContain('role="alert"')
})
