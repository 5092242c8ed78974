import { chooseLanguage, langOf, languageNames, languages, RubyText, Screen } from '@minnaken/ui'
import { useWords } from '../words.ts'
import { Choice } from './choice.tsx'

/** The language of the whole app, each by its own name. */
export function LanguageScreen() {
  const { w, language } = useWords()
  return (
    <Screen title={w('more.language')}>
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">{w('more.language')}</legend>
        {languages.map((each) => (
          <Choice
            key={each}
            name="language"
            isChosen={language === each}
            onChoose={() => void chooseLanguage(each)}
          >
            <span lang={langOf(each)}>
              <RubyText text={languageNames[each]} />
            </span>
          </Choice>
        ))}
      </fieldset>
    </Screen>
  )
}
