/** The languages that both apps speak. やさしい日本語 is Japanese in easy words, with its reading. */
export const languages = ['ja', 'ja-easy', 'en', 'zh-Hans', 'ko'] as const

export type Language = (typeof languages)[number]

/** Each language by its own name, as it stands in the list to choose from. */
export const languageNames: Readonly<Record<Language, string>> = {
  ja: '日本語',
  'ja-easy': 'やさしい日本語(にほんご)',
  en: 'English',
  'zh-Hans': '简体中文',
  ko: '한국어',
}

/** What `lang` says: easy Japanese is Japanese. */
export const langOf = (language: Language): string => (language === 'ja-easy' ? 'ja' : language)

/** The first language of the reader that the apps speak; English for readers of all others. */
export function languageFor(wished: readonly string[]): Language {
  for (const tag of wished) {
    const [first] = tag.toLowerCase().split('-')
    if (first === 'ja') return 'ja'
    if (first === 'zh') return 'zh-Hans'
    if (first === 'ko') return 'ko'
    if (first === 'en') return 'en'
  }
  return 'en'
}
