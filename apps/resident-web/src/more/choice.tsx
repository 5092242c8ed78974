import type { ReactNode } from 'react'

/** One of a few choices, as a line that is wide enough for any finger. */
export function Choice({
  name,
  isChosen,
  onChoose,
  children,
}: Readonly<{ name: string; isChosen: boolean; onChoose: () => void; children: ReactNode }>) {
  return (
    <label className="flex min-h-14 items-center gap-3 rounded-8 border border-solid-gray-600 px-4 text-lg has-checked:border-2 has-checked:border-accent-700 has-checked:bg-accent-50">
      <input
        type="radio"
        name={name}
        checked={isChosen}
        onChange={onChoose}
        className="size-6 flex-none accent-accent-700"
      />
      {children}
    </label>
  )
}
