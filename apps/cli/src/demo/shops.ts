import { type Person, joinTill, newPerson } from '../people/people.ts'
import { type OpenShop, openShop } from '../people/shop.ts'
import type { DemoTill } from './journal.ts'
import { type Stage, forEach } from './stage.ts'

type Facts = Readonly<{ category: string; largeRetailFacility: 'none' | 'operator' | 'tenant' }>

/** 60 shops of all classes: forty small ones, a department store with tenants, clinics and taxis. */
const kinds: readonly Readonly<{ count: number; name: string; facts: Facts }>[] = [
  { count: 22, name: 'みらい商店', facts: { category: 'retail', largeRetailFacility: 'none' } },
  { count: 18, name: 'みらい食堂', facts: { category: 'restaurant', largeRetailFacility: 'none' } },
  {
    count: 2,
    name: 'みらい百貨店',
    facts: { category: 'retail', largeRetailFacility: 'operator' },
  },
  { count: 8, name: 'みらい館内店', facts: { category: 'retail', largeRetailFacility: 'tenant' } },
  { count: 6, name: 'みらい医院', facts: { category: 'clinic', largeRetailFacility: 'none' } },
  { count: 4, name: 'みらい交通', facts: { category: 'taxi', largeRetailFacility: 'none' } },
]

const holders = [
  'カ）ミライショウテン',
  'ミライ タロウ',
  'ユ）ミライショクドウ',
  'ミライ ハナコ',
  'イ）ミライカイ',
]

/** Owners apply, a clerk checks each account and accepts each shop. Every fourth owner has two shops. */
export async function openShops(stage: Stage, clerk: Person): Promise<OpenShop[]> {
  const planned = kinds.flatMap(({ count, name, facts }) =>
    Array.from({ length: count }, (_, place) => ({ name: `${name}${place + 1}号`, ...facts })),
  )
  const owners = planned.map((_, place) => place).filter((place) => place % 5 !== 4)
  const opened = await forEach(owners, { atOnce: 8 }, async (first) => {
    const owner = await newPerson('shop', stage)
    const own = first % 5 === 3 ? planned.slice(first, first + 2) : planned.slice(first, first + 1)
    const shops: OpenShop[] = []
    for (const facts of own) {
      const application = {
        ...facts,
        address: `みらい区中央${(first % 9) + 1}丁目${first + 1}番`,
        accountNumber: String(1_000_000 + first),
        holder: holders[first % holders.length] ?? '',
      }
      shops.push(await openShop(stage.urls, { owner, clerk, application }))
    }
    return shops
  })
  return opened.flat()
}

/** Twenty tills join twenty shops, small and large ones among them. */
export const openTills = ({ urls }: Stage, shops: readonly OpenShop[]): Promise<DemoTill[]> =>
  forEach(
    shops.filter((_, place) => place % 3 === 0).slice(0, 20),
    { atOnce: 8 },
    async (shop, place) => ({
      ...(await joinTill(shop.owner, { urls, shopId: shop.shopId, name: `レジ${place + 1}` })),
      shop,
    }),
  )
