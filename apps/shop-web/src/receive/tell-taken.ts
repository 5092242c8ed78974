import { allowVoice, alsoAllow, format, languageNow, playSuccess, say } from '@minnaken/ui'
import { spokenYen } from './spoken-yen.ts'
import { isVoiceOn } from './voice-choice.ts'

alsoAllow(() => {
  if (isVoiceOn()) allowVoice()
})

/** Lets the counter hear that an amount was taken, and which unless the voice is turned off. */
export function tellTaken(yen: number): void {
  playSuccess()
  if (!isVoiceOn()) return
  const isJapanese = languageNow() === 'ja' || languageNow() === 'ja-easy'
  if (isJapanese) say(spokenYen(yen), 'ja')
  else say(format.yen(yen))
}
