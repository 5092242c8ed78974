import type { Campaign, Order } from '../answers.ts'

/** How many more units somebody may buy in the second sale: what is paid and reserved counts. */
export function secondSaleLeft(
  { code, caps }: Pick<Campaign, 'code' | 'caps'>,
  orders: readonly Pick<Order, 'campaign' | 'sale' | 'state' | 'units'>[],
): number {
  const own = orders.filter(
    ({ campaign, state }) => campaign === code && (state === 'reserved' || state === 'paid'),
  )
  const sum = (list: typeof own): number => list.reduce((all, { units }) => all + units, 0)
  const inSecond = sum(own.filter(({ sale }) => sale === 'second_sale'))
  const capInSecond = caps.secondSalePerPerson ?? caps.perPersonUnits
  return Math.max(0, Math.min(capInSecond - inSecond, caps.perPersonUnits - sum(own)))
}
