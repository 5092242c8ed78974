import { SelectField } from '@minnaken/ui'
import { useId } from 'react'
import { useWords } from '../words.ts'

export type Method = 'card' | 'slip'

const methods = ['card', 'slip'] as const
const cards = ['tok_ok', 'tok_declined', 'tok_pending', 'tok_lost'] as const

/** By card or at a convenience store. The cards are those of the sandbox: no money moves. */
export function MethodField({
  method,
  card,
  onMethod,
  onCard,
}: Readonly<{
  method: Method
  card: string
  onMethod: (method: Method) => void
  onCard: (card: string) => void
}>) {
  const { w, t } = useWords()
  const id = useId()
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-bold">{w('method.title')}</legend>
      {methods.map((each) => (
        <label
          key={each}
          className="flex min-h-12 items-center gap-3 rounded-8 border border-solid-gray-600 px-3 has-checked:border-2 has-checked:border-accent-700 has-checked:bg-accent-50"
        >
          <input
            type="radio"
            name={id}
            checked={method === each}
            onChange={() => onMethod(each)}
            className="size-6 accent-accent-700"
          />
          <span aria-hidden="true">{each === 'card' ? '💳' : '🏪'}</span>
          <span>{w(`method.${each}`)}</span>
        </label>
      ))}
      {method === 'card' && (
        <SelectField
          label={w('card.label')}
          hint={w('card.hint')}
          value={card}
          onChange={(event) => onCard(event.target.value)}
        >
          {cards.map((each) => (
            <option key={each} value={each}>
              {t(`card.${each}`)}
            </option>
          ))}
        </SelectField>
      )}
    </fieldset>
  )
}
