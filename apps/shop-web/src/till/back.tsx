import { Link } from '@tanstack/react-router'
import { useWords } from '../words.ts'

/** To the screen that this one belongs to. */
export function Back({ to }: Readonly<{ to: '/shop' | '/payouts' }>) {
  const { w } = useWords()
  return (
    <Link
      to={to}
      className="flex min-h-12 items-center font-bold text-accent-900 underline underline-offset-4"
    >
      ← {w(to === '/shop' ? 'tab.shop' : 'tab.payouts')}
    </Link>
  )
}
