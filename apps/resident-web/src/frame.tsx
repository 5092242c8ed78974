import { AppFrame, TabFace, tab } from '@minnaken/ui'
import { Link, Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Waiting } from './asked.tsx'
import { useOpenPayment } from './pay/use-open-payment.ts'
import { useWords } from './words.ts'

const OpenPayment = lazy(async () => ({
  default: (await import('./pay/open-payment.tsx')).OpenPayment,
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
  const open = useOpenPayment()
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
      {open !== null && (
        <Suspense>
          <OpenPayment key={open.payment} payment={open} />
        </Suspense>
      )}
    </AppFrame>
  )
}
