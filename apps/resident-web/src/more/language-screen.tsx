import {
  FailureNotice,
  langOf,
  languageNames,
  languages,
  RubyText,
  Screen,
  useLanguageChoice,
} from '@minnaken/ui'
import { useWords } from '../words.ts'
import { Choice } from './choice.tsx'

/** The language of the whole app, each by its own name. */
export function LanguageScreen() {
  const { w, language } = useWords()
  const { isLost, choose } = useLanguageChoice()
  return (
    <Screen title={w('more.language')}>
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">{w('more.language')}</legend>
        {languages.map((each) => (
          <Choice
            key={each}
            name="language"
            isChosen={language === each}
            onChoose={() => choose(each)}
          >
            <span lang={langOf(each)}>
              <RubyText text={languageNames[each]} />
            </span>
          </Choice>
        ))}
      </fieldset>
      {isLost && <FailureNotice failure={{ kind: 'offline', wasReading: true }} />}
    </Screen>
  )
}
