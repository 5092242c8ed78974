import { langOf } from './languages.ts'
import { languageNow } from './dictionaries.ts'
import { withoutReadings } from './ruby.ts'
import { quietly } from './sound.ts'

let isAllowed = false

/**
 * Lets a text be said later: iPhones and iPads say none until something, were it nothing, was said
 * in a touch. To be called from one; calling it again does nothing once it was heeded.
 */
export function allowVoice(): void {
  if (isAllowed || !('speechSynthesis' in globalThis)) return
  const nothing = new SpeechSynthesisUtterance('')
  nothing.volume = 0
  speechSynthesis.speak(nothing)
  // What is not allowed is dropped at once, and never waits to be said.
  isAllowed = speechSynthesis.speaking || speechSynthesis.pending
}

/**
 * Says a text aloud, in the language that is chosen unless another is named. Silent where the
 * browser has no voice: what is said stands on the screen as well.
 */
export function say(text: string, lang: string = langOf(languageNow())): void {
  quietly(() => {
    if (!('speechSynthesis' in globalThis)) return
    speechSynthesis.cancel()
    const words = new SpeechSynthesisUtterance(withoutReadings(text))
    words.lang = { ja: 'ja-JP', en: 'en-US', 'zh-Hans': 'zh-CN', ko: 'ko-KR' }[lang] ?? lang
    words.rate = 1.05
    speechSynthesis.speak(words)
  })
}
