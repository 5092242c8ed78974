import { createElement, type ReactNode, useSyncExternalStore } from 'react'
import type ui from '../words/ja.json'
import { type Language, langOf, languageFor, languages } from './languages.ts'
import { RubyText } from './ruby-text.tsx'
import { withoutReadings } from './ruby.ts'
import { type Dictionary, sentence, type Values } from './sentence.ts'
import { readStored, store } from './stored.ts'

/** What `import.meta.glob('../words/*.json', { import: 'default' })` gives. */
export type Dictionaries = Readonly<Record<string, () => Promise<unknown>>>

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

const own: Dictionaries = import.meta.glob('../words/*.json', { import: 'default' })

/** The words on the screen now. Replaced as a whole when another language is chosen. */
let shown: Readonly<{ language: Language; dictionary: Dictionary }> = {
  language: 'ja',
  dictionary: {},
}
let fromApp: Dictionaries = {}
const listeners = new Set<() => void>()

const isLanguage = (text: string | null): text is Language =>
  text !== null && languages.some((language) => language === text)

const wished = (): Language => {
  const chosen = readStored('language')
  return isLanguage(chosen) ? chosen : languageFor(navigator.languages)
}

/** Loads the words of the reader's language. Once, before anything is shown. */
export async function startWords(dictionaries: Dictionaries): Promise<void> {
  fromApp = dictionaries
  await show(wished())
}

/** Changes the language of the whole app, and of the next visit. */
export async function chooseLanguage(language: Language): Promise<void> {
  await show(language)
  store('language', language)
}

async function show(language: Language): Promise<void> {
  const parts = await Promise.all([own, fromApp].map((from) => load(from, language)))
  shown = { language, dictionary: Object.assign({}, ...parts) as Dictionary }
  document.documentElement.lang = langOf(language)
  document.documentElement.dataset['language'] = language
  for (const hear of listeners) hear()
}

async function load(from: Dictionaries, language: Language): Promise<Dictionary> {
  const read = from[`../words/${language}.json`]
  if (read === undefined) throw new Error(`there are no words in ${language}`)
  return (await read()) as Dictionary
}

const subscribe = (hear: () => void): (() => void) => {
  listeners.add(hear)
  return () => listeners.delete(hear)
}

const shownNow = (): typeof shown => shown

/** The language that is on the screen now. */
export const languageNow = (): Language => shown.language

const textOf = (key: string, values?: Values): string =>
  sentence(shown.dictionary, { key, values, lang: langOf(shown.language) })

const wordsNow = (): Words<string> => ({
  language: shown.language,
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
    useSyncExternalStore(subscribe, shownNow)
    return wordsNow()
  }

/** The words that both apps share. */
export const useUiWords = wordsOf<typeof ui>()

/** The text of a shared key outside of a screen, with its readings. */
export const uiText = (key: KeyOf<typeof ui>, values?: Values): string => textOf(key, values)
