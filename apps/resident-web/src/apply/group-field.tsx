import { type ReactNode, useId } from 'react'
import { useWords } from '../words.ts'

/** For whom the campaign is: one of its groups. Not asked where there is only one. */
export function GroupField({
  groups,
  group,
  error,
  onChange,
}: Readonly<{
  groups: readonly string[]
  group: string
  error: ReactNode
  onChange: (group: string) => void
}>) {
  const { w } = useWords()
  const id = useId()
  if (groups.length < 2) return null
  const nameOf = (each: string): ReactNode => {
    if (each === 'RESIDENT') return w('group.RESIDENT')
    return each === 'WORKER' ? w('group.WORKER') : each
  }
  return (
    <fieldset aria-describedby={`${id}-error`} className="flex flex-col gap-2">
      <legend className="mb-1 font-bold">{w('person.group')}</legend>
      {groups.map((each) => (
        <label
          key={each}
          className="flex min-h-12 items-center gap-3 rounded-8 border border-solid-gray-600 px-3 has-checked:border-2 has-checked:border-accent-700 has-checked:bg-accent-50"
        >
          <input
            type="radio"
            name={id}
            checked={group === each}
            onChange={() => onChange(each)}
            className="size-6 accent-accent-700"
          />
          <span>{nameOf(each)}</span>
        </label>
      ))}
      <div id={`${id}-error`} role="alert" className="font-bold text-red-900 empty:hidden">
        {error}
      </div>
    </fieldset>
  )
}
