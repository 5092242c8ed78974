import { Button, Field, Notice, Screen, SelectField, serverNow, useFormat } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { campaignsAnswer } from '../answers.ts'
import { Asked } from '../asked.tsx'
import { useWords } from '../words.ts'
import { CategoryName, useCategoryName } from './category-name.tsx'
import {
  type Filter,
  filters,
  filtersThatTell,
  findShops,
  type Place,
  type Shop,
} from './nearby.ts'
import { shopsAnswer } from './shops-answer.ts'
import { kindsTakenBy } from './taken-kinds.ts'
import { useHere } from './use-here.ts'

/** Where vouchers can be spent: search, filters, nearest first. */
export function ShopsScreen() {
  const { w } = useWords()
  const shops = useQuery(shopsAnswer)
  return (
    <Screen title={w('shops.title')}>
      <Asked query={shops}>
        {(list) => (list.length === 0 ? <p>{w('shops.none')}</p> : <Finder shops={list} />)}
      </Asked>
    </Screen>
  )
}

function Finder({ shops }: Readonly<{ shops: readonly Shop[] }>) {
  const { w, t } = useWords()
  const nameOf = useCategoryName()
  const [text, setText] = useState('')
  const [category, setCategory] = useState<string | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<Filter>>(new Set())
  const here = useHere()
  const campaigns = useQuery(campaignsAnswer).data ?? []
  const now = serverNow()
  const found = findShops(shops, {
    text,
    chosen,
    category,
    takesLimited: ({ shopClass }) =>
      kindsTakenBy(campaigns, { shopClass, now }).includes('LIMITED'),
    here: here.place,
    now,
  })
  const categories = [...new Set(shops.map((shop) => shop.category))]
  return (
    <>
      <Field
        label={w('shops.search')}
        type="search"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Chips offered={filtersThatTell(shops)} chosen={chosen} onChange={setChosen} />
      <SelectField
        label={w('shops.category')}
        value={category ?? ''}
        onChange={(event) => setCategory(event.target.value === '' ? null : event.target.value)}
      >
        <option value="">{t('shops.any')}</option>
        {categories.map((each) => (
          <option key={each} value={each}>
            {nameOf(each)}
          </option>
        ))}
      </SelectField>
      <Here here={here} hasPlaces={shops.some(({ location }) => location != null)} />
      <p role="status">{w('shops.found', { count: found.length })}</p>
      {found.length === 0 && <p>{w('shops.no_match')}</p>}
      <ul className="flex flex-col">
        {found.slice(0, 100).map(({ shop, metres }) => (
          <li key={shop.shopNo} className="border-b border-solid-gray-300">
            <ShopLine shop={shop} metres={metres} />
          </li>
        ))}
      </ul>
      {found.length > 100 && <p>{w('shops.narrow')}</p>}
    </>
  )
}

function Chips({
  offered,
  chosen,
  onChange,
}: Readonly<{
  offered: ReadonlySet<Filter>
  chosen: ReadonlySet<Filter>
  onChange: (chosen: ReadonlySet<Filter>) => void
}>) {
  const { w, t } = useWords()
  const toggle = (filter: Filter) => {
    const next = new Set(chosen)
    if (!next.delete(filter)) next.add(filter)
    onChange(next)
  }
  return (
    <div role="group" aria-label={t('shops.filters')} className="flex flex-wrap gap-2">
      {filters
        .filter((filter) => offered.has(filter))
        .map((filter) => (
          <button
            key={filter}
            type="button"
            aria-pressed={chosen.has(filter)}
            onClick={() => toggle(filter)}
            className="min-h-12 rounded-full border-2 border-accent-700 px-4 font-bold text-accent-900 aria-pressed:bg-accent-700 aria-pressed:text-white"
          >
            <span aria-hidden="true">{chosen.has(filter) ? '✓ ' : ''}</span>
            {w(`filter.${filter}`)}
          </button>
        ))}
    </div>
  )
}

function Here({
  here,
  hasPlaces,
}: Readonly<{
  here: Readonly<{ place: Place | null; isRefused: boolean; ask: () => void }>
  hasPlaces: boolean
}>) {
  const { w } = useWords()
  if (!hasPlaces) return null
  if (here.place !== null) return <p className="text-sm">{w('shops.nearest_first')}</p>
  return (
    <>
      {here.isRefused && <Notice kind="warning" title={w('shops.place_refused')} />}
      <Button kind="secondary" onClick={here.ask}>
        {w('shops.near_me')}
      </Button>
    </>
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
