import { createElement, type ReactNode, useState, useSyncExternalStore } from 'react'
import type ui from '../words/ja.json'
import { chooseLanguage, onOtherWords, shownNow } from './dictionaries.ts'
import { type Language, langOf } from './languages.ts'
import { RubyText } from './ruby-text.tsx'
import { withoutReadings } from './ruby.ts'
import { sentence, type Values } from './sentence.ts'

/** The keys of a dictionary; those of a plural without their ending. */
export type KeyOf<D> = keyof D extends infer Key
  ? Key extends `${infer Base}_${'one' | 'other'}`
    ? Base
    : Key extends string
      ? Key
      : never
  : never

export type Words<Key extends string> = Readonly<{
  language: Language
  /** Text for attributes and sounds: without readings. `count` chooses the plural. */
  t: (key: Key, values?: Values) => string
  /** Text for the screen: with its readings above the kanji. */
  w: (key: Key, values?: Values) => ReactNode
}>

const textOf = (key: string, values?: Values): string => {
  const { dictionary, language } = shownNow()
  return sentence(dictionary, { key, values, lang: langOf(language) })
}

const wordsNow = (): Words<string> => ({
  language: shownNow().language,
  t: (key, values) => withoutReadings(textOf(key, values)),
  w: (key, values) => createElement(RubyText, { text: textOf(key, values) }),
})

/**
 * Makes the hook by which the screens of an app read its words. A key that is in neither
 * dictionary does not compile. Keys are flat (`pay.title`); a plural has `_one` and `_other`.
 */
export const wordsOf =
  <D>() =>
  (): Words<KeyOf<D> | KeyOf<typeof ui>> => {
    useSyncExternalStore(onOtherWords, shownNow, shownNow)
    return wordsNow()
  }

/** Changes the language. `isLost` when its words could not be fetched: all stays as it was then. */
export function useLanguageChoice(): Readonly<{
  isLost: boolean
  choose: (language: Language) => void
}> {
  const [isLost, setIsLost] = useState(false)
  const choose = (language: Language) => {
    setIsLost(false)
    chooseLanguage(language).catch(() => setIsLost(true))
  }
  return { isLost, choose }
}

/** The words that both apps share. */
export const useUiWords = wordsOf<typeof ui>()

/** The text of a shared key outside of a screen, with its readings. */
export const uiText = (key: KeyOf<typeof ui>, values?: Values): string => textOf(key, values)
