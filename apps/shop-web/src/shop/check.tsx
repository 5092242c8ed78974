import type { ReactNode } from 'react'

/** A box to tick, as tall as a thumb. */
export function Check({
  label,
  isOn,
  onChange,
}: Readonly<{ label: ReactNode; isOn: boolean; onChange: (isOn: boolean) => void }>) {
  return (
    <label className="flex min-h-12 items-center gap-3">
      <input
        type="checkbox"
        className="size-6 flex-none accent-accent-700"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  )
}
