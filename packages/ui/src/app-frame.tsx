import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { useIsOnline } from './online.ts'
import { allowSound } from './sound.ts'
import { UpdatePrompt } from './update-prompt.tsx'
import { useUiWords } from './words.ts'

/**
 * What stands around every screen: a way past the tabs, the banners, the screen, and the tabs at
 * the thumb (beside the screen where it is wide).
 */
export function AppFrame({
  title,
  tabs,
  children,
}: Readonly<{ title: string; tabs?: ReactNode; children: ReactNode }>) {
  const { t, w } = useUiWords()
  return (
    <div className="flex min-h-dvh flex-col md:flex-row-reverse">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:z-50 focus:bg-white focus:p-3"
      >
        {w('ui.skip_to_content')}
      </a>
      <div className="flex min-w-0 flex-1 flex-col pb-24 md:pb-4 zoomed:pb-0">
        <OfflineBanner />
        <UpdatePrompt />
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto flex w-full max-w-160 flex-1 flex-col px-4 py-4 outline-none"
        >
          {children}
        </main>
      </div>
      {tabs !== undefined && (
        <nav
          aria-label={`${title} ${t('ui.tabs')}`}
          className="fixed inset-x-0 bottom-0 z-10 flex zoomed:static border-t border-solid-gray-300 bg-white pb-[env(safe-area-inset-bottom)] md:sticky md:inset-auto md:top-0 md:h-dvh md:w-28 md:flex-none md:flex-col md:border-t-0 md:border-r"
        >
          {tabs}
        </nav>
      )}
    </div>
  )
}

/**
 * Says that there is no network, and what works without it. Its place is there before, or nobody
 * would hear of it.
 */
function OfflineBanner() {
  const { w } = useUiWords()
  const isOnline = useIsOnline()
  return (
    <div role="status">
      {!isOnline && (
        <p className="bg-solid-gray-800 px-4 py-2 text-center text-white">
          {w('ui.offline.banner')}
        </p>
      )}
    </div>
  )
}

/** On a small phone the words of five tabs fit side by side, however large all other text is. */
const tabLook =
  'flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 px-0.5 py-1 text-center text-[min(0.875rem,4.5vw)] font-bold leading-120 text-solid-gray-800 md:flex-none md:min-h-20 -outline-offset-4'

/** What the `<Link>` of a tab takes, so that all tabs of both apps look and act alike. */
export const tab = {
  className: tabLook,
  activeProps: {
    className: 'bg-accent-50 !text-accent-900 shadow-[inset_0_3px_0] md:shadow-[inset_4px_0_0]',
  },
  activeOptions: { exact: false },
  // Whoever opens the screen that pays need touch nothing more until the sound of its result.
  onClick: allowSound,
} as const

export const TabFace = ({ icon, label }: Readonly<{ icon: string; label: ReactNode }>) => (
  <>
    <span aria-hidden="true" className="text-2xl leading-100">
      {icon}
    </span>
    <span className="max-w-full">{label}</span>
  </>
)

/**
 * One screen: its heading takes the focus when it is opened, so that a screen reader says where
 * one is, and the page's title says the same.
 */
export function Screen({
  title,
  isTitleHidden = false,
  children,
}: Readonly<{ title: ReactNode; isTitleHidden?: boolean; children?: ReactNode }>) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true })
    document.title = `${textOf(heading.current)} | ${document.title.split(' | ').at(-1) ?? ''}`
  }, [])
  return (
    <div className="flex flex-1 flex-col gap-4">
      <h1
        ref={heading}
        tabIndex={-1}
        className={
          isTitleHidden ? 'sr-only' : 'text-2xl font-bold leading-140 shadow-none outline-none'
        }
      >
        {title}
      </h1>
      {children}
    </div>
  )
}

/** What a heading says, without the readings above it. */
function textOf(heading: HTMLElement | null): string {
  const copy = heading?.cloneNode(true)
  if (!(copy instanceof HTMLElement)) return ''
  for (const reading of copy.querySelectorAll('rt, rp')) reading.remove()
  return copy.textContent
}
