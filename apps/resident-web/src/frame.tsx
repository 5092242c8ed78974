import { AppFrame, TabFace, tab, Waiting } from '@minnaken/ui'
import { Link, Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useWords } from './words.ts'

/** No screen waits for it, so none is later for it. */
const OpenPayments = lazy(async () => ({
  default: (await import('./pay/open-payments.tsx')).OpenPayments,
}))

const tabs = [
  ['/', '👛', 'wallet'],
  ['/pay', '📱', 'pay'],
  ['/shops', '🏪', 'shops'],
  ['/apply', '📝', 'apply'],
  ['/more', '☰', 'more'],
] as const

/** What stands around every screen: the tabs, the screen itself, and a payment in doubt. */
export function Frame() {
  const { w, t } = useWords()
  return (
    <AppFrame
      title={t('app.name')}
      tabs={tabs.map(([to, icon, name]) => (
        <Link key={to} to={to} {...tab} activeOptions={{ exact: to === '/' }}>
          <TabFace icon={icon} label={w(`tab.${name}`)} />
        </Link>
      ))}
    >
      <Suspense fallback={<Waiting />}>
        <Outlet />
      </Suspense>
      <Suspense>
        <OpenPayments />
      </Suspense>
    </AppFrame>
  )
}
