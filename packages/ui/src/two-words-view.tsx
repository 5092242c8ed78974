import type { TwoWords } from '@minnaken/qr'
import type { ReactNode } from 'react'
import type { Language } from './languages.ts'
import { useUiWords } from './words.ts'

const nameOf = {
  ja: 'ja',
  'ja-easy': 'ja',
  en: 'en',
  'zh-Hans': 'zh',
  ko: 'ko',
} as const satisfies Record<Language, string>

/** The two words that both screens show, with their pictures: the same on the phone and the till. */
export function TwoWordsView({
  words,
  note,
}: Readonly<{
  words: TwoWords
  /** What stands below them, where it is not to compare them with the other screen. */
  note?: ReactNode
}>) {
  const { language, w } = useUiWords()
  const names = words.map((word) => word[nameOf[language]])
  return (
    <figure className="flex flex-col items-center gap-1">
      <div aria-hidden="true" className="flex gap-4 text-6xl leading-120">
        <span>{words[0].picture}</span>
        <span>{words[1].picture}</span>
      </div>
      <figcaption className="text-center">
        <span
          className="block text-2xl font-bold"
          data-two-words={words.map(({ en }) => en).join('-')}
        >
          {names.join('・')}
        </span>
        <span>{note ?? w('ui.result.same_words')}</span>
      </figcaption>
    </figure>
  )
}
