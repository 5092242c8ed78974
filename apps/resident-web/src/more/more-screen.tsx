import { Screen } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { useWords } from '../words.ts'

const entries = [
  ['/history', '🧾', 'history'],
  ['/more/notices', '🔔', 'notices'],
  ['/more/language', '🌐', 'language'],
  ['/more/text', '🔍', 'text'],
  ['/more/device', '📱', 'device'],
  ['/more/help', '❓', 'help'],
  ['/more/safety', '🛡️', 'safety'],
] as const

/** Everything that is not needed every day. */
export function MoreScreen() {
  const { w } = useWords()
  return (
    <Screen title={w('tab.more')}>
      <ul className="flex flex-col">
        {entries.map(([to, sign, name]) => (
          <li key={to} className="border-b border-solid-gray-300">
            <Link to={to} className="flex min-h-16 items-center gap-4 text-lg font-bold">
              <span aria-hidden="true" className="text-2xl">
                {sign}
              </span>
              <span>{w(`more.${name}`)}</span>
              <span aria-hidden="true" className="ml-auto text-solid-gray-600">
                ›
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Screen>
  )
}
