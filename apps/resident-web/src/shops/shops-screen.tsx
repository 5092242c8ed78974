import { Button, Field, type Language, Notice, Screen, SelectField, serverNow } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { campaignsAnswer } from '../answers.ts'
import { Asked } from '../asked.tsx'
import { useWords } from '../words.ts'
import { useCategoryName } from './category-name.tsx'
import {
  type Filter,
  filters,
  filtersThatTell,
  findShops,
  listedShops,
  type Place,
  type Shop,
} from './nearby.ts'
import { ShopList } from './shop-list.tsx'
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

/** Whoever reads one of these languages is not asked whether they would like the other. */
const foreign: Readonly<Record<Language, ReadonlySet<Filter>>> = {
  ja: new Set(['chinese', 'korean']),
  'ja-easy': new Set(['chinese', 'korean']),
  en: new Set(['chinese', 'korean']),
  'zh-Hans': new Set(['korean']),
  ko: new Set(['chinese']),
}

function Finder({ shops }: Readonly<{ shops: readonly Shop[] }>) {
  const { w, t, language } = useWords()
  const nameOf = useCategoryName()
  const [text, setText] = useState('')
  const [category, setCategory] = useState<string | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<Filter>>(new Set())
  const here = useHere()
  const offered = useMemo(
    () => new Set([...filtersThatTell(shops)].filter((it) => !foreign[language].has(it))),
    [shops, language],
  )
  const found = useFound(shops, { text, chosen, category, here: here.place })
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
      <Chips offered={offered} chosen={chosen} onChange={setChosen} />
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
      {found.length === 0 && (
        <NoMatch
          onClear={() => {
            setText('')
            setCategory(null)
            setChosen(new Set())
          }}
        />
      )}
      <ShopList key={[text, category, ...chosen].join()} found={found} />
    </>
  )
}

/** The shops that are left of all. */
function useFound(
  shops: readonly Shop[],
  {
    text,
    chosen,
    category,
    here,
  }: Readonly<{
    text: string
    chosen: ReadonlySet<Filter>
    category: string | null
    here: Place | null
  }>,
) {
  const campaigns = useQuery(campaignsAnswer).data
  const listed = useMemo(() => listedShops(shops), [shops])
  return useMemo(() => {
    const now = serverNow()
    const classes = new Set(shops.map(({ shopClass }) => shopClass))
    const taking = [...classes].filter((shopClass) =>
      kindsTakenBy(campaigns ?? [], { shopClass, now }).includes('LIMITED'),
    )
    return findShops(listed, {
      text,
      chosen,
      category,
      takesLimited: ({ shopClass }) => taking.includes(shopClass),
      here,
      now,
    })
  }, [shops, listed, text, chosen, category, campaigns, here])
}

function NoMatch({ onClear }: Readonly<{ onClear: () => void }>) {
  const { w } = useWords()
  return (
    <Notice
      title={w('shops.no_match')}
      action={
        <Button kind="secondary" onClick={onClear}>
          {w('shops.clear')}
        </Button>
      }
    />
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
      {here.isRefused && <Notice isAnswer kind="warning" title={w('shops.place_refused')} />}
      <Button kind="secondary" onClick={here.ask}>
        {w('shops.near_me')}
      </Button>
    </>
  )
}
