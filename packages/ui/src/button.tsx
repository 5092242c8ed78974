import type { ButtonHTMLAttributes, ReactNode } from 'react'

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'

const looks: Readonly<Record<ButtonKind, string>> = {
  primary:
    'bg-accent-700 text-white hover:bg-accent-900 active:bg-accent-1000 border-2 border-transparent',
  secondary:
    'bg-white text-accent-900 border-2 border-accent-700 hover:bg-accent-50 active:bg-accent-100',
  quiet:
    'bg-transparent text-accent-900 underline underline-offset-4 hover:bg-accent-50 border-2 border-transparent',
  danger: 'bg-white text-red-900 border-2 border-red-900 hover:bg-red-50 active:bg-red-100',
}

/** How a button looks: for a link that stands where a button would. */
export const buttonLook = (kind: ButtonKind = 'primary', isWide = false): string =>
  `inline-flex min-h-12 min-w-12 items-center justify-center gap-2 rounded-8 px-4 py-2 text-center font-bold leading-140 ${looks[kind]} ${isWide ? 'w-full text-lg min-h-14' : ''}`

/**
 * A button of at least 48 px. While `isBusy` it keeps the focus, says so, and does nothing when it
 * is pressed again.
 */
export function Button({
  kind = 'primary',
  isWide = false,
  isBusy = false,
  onClick,
  children,
  ...rest
}: Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> &
  Readonly<{ kind?: ButtonKind; isWide?: boolean; isBusy?: boolean; children: ReactNode }>) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={isBusy}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={`${buttonLook(kind, isWide)} disabled:bg-solid-gray-300 disabled:text-solid-gray-700 disabled:border-transparent ${isBusy ? 'opacity-80' : ''}`}
    >
      {isBusy && <Spinner />}
      {children}
    </button>
  )
}

/** A ring that turns; with reduced motion it stands still, and words say the same. */
export const Spinner = () => (
  <span
    aria-hidden="true"
    className="inline-block size-5 animate-spin rounded-full border-3 border-current border-t-transparent"
  />
)
