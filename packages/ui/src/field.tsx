import { type ComponentProps, type ReactNode, type SelectHTMLAttributes, useId } from 'react'

type Around = Readonly<{
  label: ReactNode
  /** What to write, before a mistake is made. */
  hint?: ReactNode
  /** What is wrong and what would be right; read out when it appears. */
  error?: ReactNode
}>

const box =
  'w-full min-h-12 rounded-8 border bg-white px-3 py-2 text-lg text-solid-gray-900 disabled:bg-solid-gray-50'

const edge = (isWrong: boolean): string =>
  isWrong ? 'border-2 border-red-900' : 'border-solid-gray-600'

/** A line to write in, with its label above and its error below. */
export function Field({
  label,
  hint,
  error,
  ...input
}: Omit<ComponentProps<'input'>, 'id' | 'className'> & Around) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <input
        type="text"
        {...input}
        id={id}
        className={`${box} ${edge(isThere(error))}`}
        aria-invalid={isThere(error) || undefined}
        aria-describedby={describedBy(id, { hint, error })}
      />
    </FieldFrame>
  )
}

/** A choice among a few; its options are `<option>`s. */
export function SelectField({
  label,
  hint,
  error,
  children,
  ...select
}: Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'className'> & Around) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <select
        {...select}
        id={id}
        className={`${box} ${edge(isThere(error))}`}
        aria-invalid={isThere(error) || undefined}
        aria-describedby={describedBy(id, { hint, error })}
      >
        {children}
      </select>
    </FieldFrame>
  )
}

function FieldFrame({
  id,
  label,
  hint,
  error,
  children,
}: Around & Readonly<{ id: string; children: ReactNode }>) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-bold">
        {label}
      </label>
      {isThere(hint) && (
        <div id={`${id}-hint`} className="text-solid-gray-700">
          {hint}
        </div>
      )}
      {children}
      <div id={`${id}-error`} role="alert" className="font-bold text-red-900 empty:hidden">
        {error}
      </div>
    </div>
  )
}

const isThere = (part: ReactNode): boolean => part !== undefined && part !== null && part !== ''

const describedBy = (
  id: string,
  { hint, error }: Pick<Around, 'hint' | 'error'>,
): string | undefined =>
  [isThere(hint) ? `${id}-hint` : '', isThere(error) ? `${id}-error` : '']
    .filter((part) => part !== '')
    .join(' ') || undefined
