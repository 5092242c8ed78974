import { shopCodeOf } from '@minnaken/qr'
import {
  RubyText,
  Screen,
  ShopPhoto,
  languageNames,
  serverNow,
  shopPhotoAddress,
  useFormat,
} from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { campaignsAnswer } from '../answers.ts'
import { Asked } from '../asked.tsx'
import { KindName } from '../kind-name.tsx'
import { useWords } from '../words.ts'
import { CategoryName } from './category-name.tsx'
import { type Hours, isOpen, onClock, type Shop } from './nearby.ts'
import { shopsAnswer } from './shops-answer.ts'
import { kindsTakenBy } from './taken-kinds.ts'

/** One shop: what it takes, where it is, when it is open. */
export function ShopScreen() {
  const { w } = useWords()
  const { shopNo } = useParams({ strict: false })
  const shops = useQuery(shopsAnswer)
  if (shops.data === undefined)
    return (
      <Screen title={w('tab.shops')}>
        <Asked query={shops}>{() => null}</Asked>
      </Screen>
    )
  return (
    <Asked query={shops}>
      {(list) => {
        const shop = list.find((each) => each.shopNo === shopNo)
        return shop === undefined ? (
          <Screen title={w('ui.problem.not_found')} />
        ) : (
          <Screen title={<span lang="ja">{shop.name}</span>}>
            <Facts shop={shop} />
          </Screen>
        )
      }}
    </Asked>
  )
}

function Facts({ shop }: Readonly<{ shop: Shop }>) {
  const { w, t } = useWords()
  const campaigns = useQuery(campaignsAnswer).data ?? []
  const now = serverNow()
  const kinds = kindsTakenBy(campaigns, { shopClass: shop.shopClass, now })
  const { website } = shop
  const languages = spoken.filter((each) => (shop.languages ?? []).includes(each))
  return (
    <>
      {shop.photoId !== undefined && (
        <ShopPhoto
          size="wide"
          address={shopPhotoAddress(shop.photoId)}
          alt={t('shop.photo', { name: shop.name })}
        />
      )}
      <ul className="flex flex-wrap gap-2">
        {kinds.map((kind) => (
          <li key={kind} className="rounded-8 bg-accent-50 px-3 py-1 font-bold text-accent-900">
            <KindName kind={kind} />
          </li>
        ))}
      </ul>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
        <dt>{w('shops.category')}</dt>
        <dd>
          <CategoryName category={shop.category} />
        </dd>
        <dt>{w('shops.address')}</dt>
        <dd lang="ja">{shop.address}</dd>
        <dt>{w('payment.shop_no')}</dt>
        <dd data-shop-code>{shopCodeOf(shop.shopNo)}</dd>
        {languages.length > 0 && (
          <>
            <dt>{w('shops.languages')}</dt>
            <dd className="flex flex-wrap gap-x-3">
              {languages.map((language) => (
                <span key={language} lang={language}>
                  {languageNames[language]}
                </span>
              ))}
            </dd>
          </>
        )}
        {shop.isStepFree === true && (
          <>
            <dt>{w('shops.access')}</dt>
            <dd>{w('filter.step_free')}</dd>
          </>
        )}
      </dl>
      <Opening shop={shop} now={now} />
      {website != null && (
        <a
          href={website}
          rel="noopener noreferrer"
          target="_blank"
          className="inline-flex min-h-12 items-center self-start underline"
        >
          {w('shops.website')}
        </a>
      )}
    </>
  )
}

function Opening({ shop, now }: Readonly<{ shop: Shop; now: number }>) {
  const { w } = useWords()
  const { hours } = shop
  return (
    <>
      {hours != null && hours.length > 0 && (
        <section className="flex flex-col gap-1">
          <h2 className="text-lg font-bold">{w('shops.hours')}</h2>
          <p className="font-bold">
            {isOpen(shop, now) ? w('filter.open_now') : w('shops.closed_now')}
          </p>
          <ul>
            {hours.map((each) => (
              <OpenHours key={`${each.days.join()} ${each.from}`} hours={each} />
            ))}
          </ul>
        </section>
      )}
      {shop.closedDays != null && (
        <p>
          {w('shops.closed_days')} <span lang="ja">{shop.closedDays}</span>
        </p>
      )}
    </>
  )
}

/** What can be spoken at a shop, beside Japanese. */
const spoken = ['en', 'zh-Hans', 'ko'] as const

/** 月・火 18:00–翌2:00 */
function OpenHours({ hours: { days, from, until } }: Readonly<{ hours: Hours }>) {
  const { w } = useWords()
  const f = useFormat()
  const told = (kept: string) => {
    const { time, isNextDay } = onClock(kept)
    return isNextDay ? w('shops.next_day', { time }) : time
  }
  return (
    <li>
      <RubyText text={days.map((day) => f.weekday(day)).join('・')} /> {told(from)}–{told(until)}
    </li>
  )
}
