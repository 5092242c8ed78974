import { Field } from '@minnaken/ui'
import { type ReactNode, useId } from 'react'
import { useWords } from '../words.ts'
import type { Typed } from './person.ts'

const parts = [
  {
    part: 'year',
    label: 'person.year',
    autoComplete: 'bday-year',
    placeholder: '1951',
    maxLength: 4,
  },
  {
    part: 'month',
    label: 'person.month',
    autoComplete: 'bday-month',
    placeholder: '4',
    maxLength: 2,
  },
  { part: 'day', label: 'person.day', autoComplete: 'bday-day', placeholder: '1', maxLength: 2 },
] as const

/** A day of birth in three lines: nobody scrolls through a calendar back to 1951. */
export function BirthDateField({
  typed,
  error,
  onChange,
}: Readonly<{ typed: Typed; error: ReactNode; onChange: (change: Partial<Typed>) => void }>) {
  const { w } = useWords()
  const id = useId()
  return (
    <fieldset aria-describedby={`${id}-error`} className="flex flex-col gap-1">
      <legend className="mb-1 font-bold">{w('person.birth')}</legend>
      <div className="grid grid-cols-[2fr_1fr_1fr] gap-2">
        {parts.map(({ part, label, ...input }) => (
          <Field
            key={part}
            {...input}
            label={w(label)}
            inputMode="numeric"
            value={typed[part]}
            onChange={(event) => onChange({ [part]: event.target.value })}
          />
        ))}
      </div>
      <div id={`${id}-error`} role="alert" className="font-bold text-red-900 empty:hidden">
        {error}
      </div>
    </fieldset>
  )
}
