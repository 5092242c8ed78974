import { Screen } from '@minnaken/ui'
import { useWords } from '../words.ts'

const rules = ['no_one_asks', 'screenshot', 'same_words', 'shop_name', 'lost'] as const

/** How to stay safe, in a few sentences. */
export function SafetyScreen() {
  const { w } = useWords()
  return (
    <Screen title={w('more.safety')}>
      <ul className="flex flex-col gap-3">
        {rules.map((rule) => (
          <li key={rule} className="rounded-12 bg-accent-50 p-4">
            {w(`safety.${rule}`)}
          </li>
        ))}
      </ul>
    </Screen>
  )
}
