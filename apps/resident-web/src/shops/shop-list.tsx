import { Button, useFormat } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '../words.ts'
import { CategoryName } from './category-name.tsx'
import type { Shop } from './nearby.ts'

type Found = readonly Readonly<{ shop: Shop; metres: number | null }>[]

const PAGE = 50

/** Shops to choose from, more of them as somebody comes to the end of those that are shown. */
export function ShopList({ found }: Readonly<{ found: Found }>) {
  const [shown, setShown] = useState(PAGE)
  const left = found.length - shown
  return (
    <>
      <ul className="flex flex-col">
        {found.slice(0, shown).map(({ shop, metres }) => (
          <li key={shop.shopNo} className="border-b border-solid-gray-300">
            <ShopLine shop={shop} metres={metres} />
          </li>
        ))}
      </ul>
      {left > 0 && <More key={shown} left={left} onMore={() => setShown(shown + PAGE)} />}
    </>
  )
}

/** Pressed by hand, or by itself when it comes into view. */
function More({ left, onMore }: Readonly<{ left: number; onMore: () => void }>) {
  const { w } = useWords()
  const place = useRef<HTMLDivElement>(null)
  const more = useRef(onMore)
  useEffect(() => {
    more.current = onMore
  })
  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) more.current()
      },
      { rootMargin: '600px' },
    )
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  return (
    <div ref={place}>
      <Button kind="secondary" isWide onClick={onMore}>
        {w('shops.more', { count: left })}
      </Button>
    </div>
  )
}

function ShopLine({ shop, metres }: Readonly<{ shop: Shop; metres: number | null }>) {
  const { w } = useWords()
  const f = useFormat()
  return (
    <Link
      to="/shops/$shopNo"
      params={{ shopNo: shop.shopNo }}
      className="flex min-h-16 items-center justify-between gap-4 py-2"
    >
      <span className="min-w-0">
        <span lang="ja" className="block font-bold">
          {shop.name}
        </span>
        <span className="block text-sm text-solid-gray-700">
          <CategoryName category={shop.category} /> · <span lang="ja">{shop.address}</span>
        </span>
      </span>
      {metres !== null && (
        <span className="flex-none font-bold">
          {w('shops.metres', { metres: f.number(Math.round(metres / 10) * 10) })}
        </span>
      )}
    </Link>
  )
}
