import {
  FailureNotice,
  SelectField,
  allowSound,
  chooseTextSize,
  languageNames,
  languages,
  say,
  textSizeNow,
  textSizes,
  useLanguageChoice,
} from '@minnaken/ui'
import { useState } from 'react'
import { spokenYen } from '../receive/spoken-yen.ts'
import { chooseStay, doesStay } from '../receive/stay-choice.ts'
import { chooseVoice, isVoiceOn } from '../receive/voice-choice.ts'
import { useWords } from '../words.ts'
import { Check } from './check.tsx'

/** How this device speaks and looks. */
export function Settings() {
  const { w, t, language } = useWords()
  const { isLost, choose } = useLanguageChoice()
  const [isLoud, setIsLoud] = useState(isVoiceOn)
  const [stays, setStays] = useState(doesStay)
  const [size, setSize] = useState(textSizeNow)
  return (
    <section className="flex flex-col gap-3 rounded-12 border border-solid-gray-300 p-4">
      <h2 className="text-xl font-bold">{w('settings.title')}</h2>
      <SelectField
        label={
          <>
            <span lang="ja">ことば</span> / <span lang="en">Language</span>
          </>
        }
        value={language}
        onChange={(event) => {
          const next = languages.find((it) => it === event.target.value)
          if (next !== undefined) choose(next)
        }}
      >
        {languages.map((it) => (
          <option key={it} value={it}>
            {languageNames[it]}
          </option>
        ))}
      </SelectField>
      {isLost && <FailureNotice failure={{ kind: 'offline', wasReading: true }} />}
      <SelectField
        label={w('settings.text_size')}
        value={size}
        onChange={(event) => {
          const next = textSizes.find((it) => it === event.target.value)
          if (next === undefined) return
          chooseTextSize(next)
          setSize(next)
        }}
      >
        {textSizes.map((it) => (
          <option key={it} value={it}>
            {t(`settings.text_size.${it}`)}
          </option>
        ))}
      </SelectField>
      <Check
        label={w('settings.voice')}
        isOn={isLoud}
        onChange={(isOn) => {
          chooseVoice(isOn)
          setIsLoud(isOn)
          allowSound()
          if (isOn) say(spokenYen(800), 'ja')
        }}
      />
      <Check
        label={
          <>
            {w('settings.stay')}
            <span className="block text-sm text-solid-gray-700">{w('settings.stay_hint')}</span>
          </>
        }
        isOn={stays}
        onChange={(isOn) => {
          chooseStay(isOn)
          setStays(isOn)
        }}
      />
    </section>
  )
}
