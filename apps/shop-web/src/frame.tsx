import { AppFrame, TabFace, tab } from '@minnaken/ui'
import { Link, Outlet } from '@tanstack/react-router'
import { useWords } from './words.ts'

/** What stands around every screen: the name, the tabs, and the screen itself. */
export function Frame() {
  const { w, t } = useWords()
  return (
    <AppFrame
      title={t('app.name')}
      tabs={
        <Link to="/" {...tab}>
          <TabFace icon="📷" label={w('tab.receive')} />
        </Link>
      }
    >
      <Outlet />
    </AppFrame>
  )
}
