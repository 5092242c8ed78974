import { langOf } from './languages.ts'
import { languageNow } from './dictionaries.ts'
import { withoutReadings } from './ruby.ts'

/**
 * Says a text aloud, in the language that is chosen unless another is named. Silent where the
 * browser has no voice: what is said stands on the screen as well.
 */
export function say(text: string, lang: string = langOf(languageNow())): void {
  if (!('speechSynthesis' in globalThis)) return
  speechSynthesis.cancel()
  const words = new SpeechSynthesisUtterance(withoutReadings(text))
  words.lang = { ja: 'ja-JP', en: 'en-US', 'zh-Hans': 'zh-CN', ko: 'ko-KR' }[lang] ?? lang
  words.rate = 1.05
  speechSynthesis.speak(words)
}
