import { type ReactNode, useId } from 'react'
import { format } from './format.ts'
import { type Key, pressed, typed } from './keypad-digits.ts'
import { RubyText } from './ruby-text.tsx'
import { onTyped } from './typed-line.ts'
import { useUiWords } from './words.ts'

const keys: readonly Key[] = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '00', '0', 'back']

const written = (yen: number): string => (yen === 0 ? '' : format.number(yen))

/**
 * Types an amount: by big keys, or into the line itself on a keyboard (Enter is done). The phone's
 * own keyboard stays away. What would be over the limit is not taken.
 */
export function Keypad({
  yen,
  onChange,
  onDone,
  max = 50_000,
  label,
}: Readonly<{
  yen: number
  onChange: (yen: number) => void
  onDone?: () => void
  max?: number
  label: ReactNode
}>) {
  const { t } = useUiWords()
  const id = useId()
  return (
    <div className="flex flex-col gap-3">
      <label htmlFor={id} className="font-bold">
        {label}
      </label>
      <div className="flex items-baseline rounded-8 border-2 border-solid-gray-600 bg-white px-4 py-2 focus-within:outline-3 focus-within:outline-black">
        <span aria-hidden="true" className="text-3xl font-bold">
          ¥
        </span>
        <input
          id={id}
          inputMode="none"
          autoComplete="off"
          enterKeyHint="done"
          value={written(yen)}
          placeholder="0"
          onChange={onTyped((text) => {
            const next = typed(text, yen, max)
            onChange(next)
            return written(next)
          })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onDone?.()
          }}
          className="w-full min-w-0 bg-transparent text-right text-5xl font-bold leading-120 shadow-none outline-none placeholder:text-solid-gray-600"
        />
      </div>
      <output className="sr-only">
        <RubyText text={format.yen(yen)} />
      </output>
      <div className="grid grid-cols-3 gap-2">
        {keys.map((key) => (
          <button
            key={key}
            type="button"
            onClick={() => onChange(pressed(yen, key, max))}
            aria-label={key === 'back' ? t('ui.keypad.back') : undefined}
            className="min-h-14 rounded-8 border border-solid-gray-500 [@media(max-height:640px)]:min-h-12 bg-white text-2xl font-bold active:bg-accent-100"
          >
            {key === 'back' ? '⌫' : key}
          </button>
        ))}
      </div>
    </div>
  )
}
