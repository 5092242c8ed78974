import { type Dictionaries, wordsOf } from '@minnaken/ui'
import type ja from '../words/ja.json'

/** One file for each language, loaded when somebody reads it. */
export const dictionaries: Dictionaries = import.meta.glob('../words/*.json', { import: 'default' })

/** The words of this app and of what both apps share, in the language that is chosen. */
export const useWords = wordsOf<typeof ja>()
