import { AppFrame, Button, TabFace, tab } from '@minnaken/ui'
import { Link, Outlet } from '@tanstack/react-router'
import { practise, usePractice } from './practice/practice.ts'
import { useWords } from './words.ts'

/** What stands around every screen: the tabs, the screen itself, and stripes while it is practice. */
export function Frame() {
  const { w, t } = useWords()
  const isPractice = usePractice()
  return (
    <>
      <AppFrame
        title={t('app.name')}
        tabs={
          <>
            <Link to="/" {...tab} activeOptions={{ exact: true }}>
              <TabFace icon="📷" label={w('tab.receive')} />
            </Link>
            <Link to="/today" {...tab}>
              <TabFace icon="🧾" label={w('tab.today')} />
            </Link>
            <Link to="/payouts" {...tab}>
              <TabFace icon="🏦" label={w('tab.payouts')} />
            </Link>
            <Link to="/shop" {...tab}>
              <TabFace icon="🏪" label={w('tab.shop')} />
            </Link>
          </>
        }
      >
        {isPractice && <PracticeBanner />}
        <Outlet />
      </AppFrame>
      {isPractice && <Stripes />}
    </>
  )
}

function PracticeBanner() {
  const { w } = useWords()
  return (
    <div className="mt-5 mb-3 flex flex-wrap items-center justify-between gap-2 rounded-8 bg-yellow-100 p-3">
      <p role="status" className="font-bold">
        {w('practice.on')}
      </p>
      <Button kind="secondary" onClick={() => practise(false)}>
        {w('practice.stop')}
      </Button>
    </div>
  )
}

/** Over everything, also over a result, and in the way of nothing. */
function Stripes() {
  const { w, t } = useWords()
  return (
    <aside
      aria-label={t('practice.badge')}
      data-practice
      data-stays
      className="pointer-events-none fixed inset-0 z-50 border-12 border-b-0 [border-image:repeating-linear-gradient(45deg,#000_0_12px,#ffd43d_12px_24px)_12]"
    >
      <p className="absolute top-0 left-1/2 -translate-x-1/2 rounded-b-8 bg-black px-4 py-1 text-lg font-bold whitespace-nowrap text-yellow-300">
        {w('practice.badge')}
      </p>
    </aside>
  )
}
