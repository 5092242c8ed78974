import { wordsOf } from '@minnaken/ui'
import type ja from '../words/ja.json'

/** The words of this app and of what both apps share, in the language that is chosen. */
export const useWords = wordsOf<typeof ja>()
