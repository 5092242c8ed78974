import { type Language, langOf, languageFor, languages } from './languages.ts'
import type { Dictionary } from './sentence.ts'
import { readStored, store } from './stored.ts'

/** What `import.meta.glob('../words/*.json', { import: 'default' })` gives. */
export type Dictionaries = Readonly<Record<string, () => Promise<unknown>>>

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

/**
 * Loads the words of the reader's language. Once, before anything is shown. Until they are there,
 * `warm` makes what the first screen takes long to make in this language.
 */
export async function startWords(
  dictionaries: Dictionaries,
  warm: readonly ((language: Language) => unknown)[] = [],
): Promise<void> {
  fromApp = dictionaries
  const language = wished()
  for (const make of warm) setTimeout(make, 0, language)
  await show(language)
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

export const onOtherWords = (hear: () => void): (() => void) => {
  listeners.add(hear)
  return () => listeners.delete(hear)
}

export const shownNow = (): typeof shown => shown

/** The language that is on the screen now. */
export const languageNow = (): Language => shown.language
