import {
  allowVoice,
  alsoAllow,
  format,
  type Language,
  languageNow,
  playPractice,
  playSuccess,
  say,
} from '@minnaken/ui'
import { spokenYen } from './spoken-yen.ts'
import { isVoiceOn } from './voice-choice.ts'

alsoAllow(() => {
  if (isVoiceOn()) allowVoice()
})

/** Lets the counter hear that an amount was taken, and which unless the voice is turned off. */
export function tellTaken(yen: number): void {
  playSuccess()
  if (isVoiceOn()) sayYen(yen, '')
}

/** What is said before an amount that nobody paid. */
const practice: Readonly<Record<Language, string>> = {
  ja: 'れんしゅう、',
  'ja-easy': 'れんしゅう、',
  en: 'Training, ',
  'zh-Hans': '练习，',
  ko: '연습, ',
}

/** Lets the counter hear that it was practice, so that no customer leaves and believes to have paid. */
export function tellPractised(yen: number): void {
  playPractice()
  if (isVoiceOn()) sayYen(yen, practice[languageNow()])
}

function sayYen(yen: number, before: string): void {
  const isJapanese = languageNow() === 'ja' || languageNow() === 'ja-easy'
  if (isJapanese) say(before + spokenYen(yen), 'ja')
  else say(before + format.yen(yen))
}
