import { chooseTextSize, Screen, textSizeNow, textSizes } from '@minnaken/ui'
import { useState } from 'react'
import { useWords } from '../words.ts'
import { Choice } from './choice.tsx'

const looks = { normal: 'text-base', large: 'text-xl', largest: 'text-3xl' } as const

/** How large all text is, on this phone. */
export function TextScreen() {
  const { w } = useWords()
  const [size, setSize] = useState(textSizeNow)
  return (
    <Screen title={w('more.text')}>
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">{w('more.text')}</legend>
        {textSizes.map((each) => (
          <Choice
            key={each}
            name="text"
            isChosen={size === each}
            onChoose={() => {
              chooseTextSize(each)
              setSize(each)
            }}
          >
            <span className={looks[each]}>{w(`text.${each}`)}</span>
          </Choice>
        ))}
      </fieldset>
      <p>{w('text.example')}</p>
    </Screen>
  )
}
