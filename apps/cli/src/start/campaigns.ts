import { addDays, addMonths, jstDateOf } from '@minnaken/domain'
import { campaignFile } from '../demo/campaign.ts'

type File = ReturnType<typeof campaignFile>

/** A campaign whose dates lie around a day: so many days from it to the first day of use. */
function around(
  today: string,
  {
    id,
    units,
    name,
    useInDays,
  }: Readonly<{ id: string; units: number; name: string; useInDays: number }>,
): File {
  const use = addDays(today, useInDays)
  const day = (days: number, time = '00:00:00') => `${addDays(use, days)}T${time}+09:00`
  const end = `${addMonths(use, 6)}T00:00:00+09:00`
  return {
    ...campaignFile({ id, units, groups: ['RESIDENT', 'WORKER'] }),
    name,
    windows: {
      apply: [day(-60, '10:00:00'), day(-40)],
      draw: day(-20, '10:00:00'),
      results: day(-10, '10:00:00'),
      pay: [day(0, '10:00:00'), day(14)],
      // Long, so that whoever comes later still finds something to buy.
      secondSale: [day(16, '10:00:00'), day(120)],
      use: [day(0), end],
    },
    issueDate: use,
    expiresExclusive: end,
  }
}

/** Two campaigns around today, so that both sides can be tried: one to apply to, one to spend. */
export function campaignsAround(now: number): Readonly<{ applying: File; spending: File }> {
  const today = jstDateOf(now)
  return {
    applying: around(today, {
      id: `HARU${today.slice(0, 4)}`,
      name: '春のみらい区内共通商品券',
      units: 1_000,
      useInDays: 50,
    }),
    spending: around(today, {
      id: `AKI${today.slice(0, 4)}`,
      name: '秋のみらい区内共通商品券',
      units: 1_000,
      useInDays: -20,
    }),
  }
}
