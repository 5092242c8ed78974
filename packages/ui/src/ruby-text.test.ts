import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { japanese, RubyText, typed } from './ruby-text.tsx'

const shown = (text: string): string => renderToStaticMarkup(createElement(RubyText, { text }))

test('a name in a sentence is said in Japanese, and nothing around it is', () => {
  expect(shown(`At ${japanese('みらい商店')}.`)).toBe(
    '<span>At <span lang="ja">みらい商店</span>.</span>',
  )
})

test('what somebody typed is said to be of no language, and stands by itself', () => {
  expect(shown(`Stop ${typed('My phone')}?`)).toBe('<span>Stop <bdi lang>My phone</bdi>?</span>')
  expect(shown(`${typed('花(はな)')}・${japanese('店')}`)).toBe(
    '<span><bdi lang>花(はな)</bdi>・<span lang="ja">店</span></span>',
  )
})
