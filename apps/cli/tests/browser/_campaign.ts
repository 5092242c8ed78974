import { addDays, addMonths, jstDateOf } from '@minnaken/domain'
import { campaignFile } from '../../src/demo/campaign.ts'

/** So many units may one person buy: more than one code may pay. */
const UNITS_MAX = 5

/**
 * A campaign whose steps follow each other from one day to the next: applied for on the first day,
 * drawn on the second, told on the third, paid on the fourth; what is left is sold from the seventh.
 */
export function quickCampaign({ id, firstDay }: Readonly<{ id: string; firstDay: string }>) {
  const at = (days: number, time: string) => `${addDays(firstDay, days)}T${time}+09:00`
  const issueDate = addDays(firstDay, 3)
  const expiresExclusive = `${addMonths(issueDate, 6)}T00:00:00+09:00`
  return {
    ...campaignFile({ id, units: 1_000, groups: ['RESIDENT', 'WORKER'] }),
    name: '画面の試験の商品券',
    caps: { perPersonUnits: UNITS_MAX, secondSalePerPerson: UNITS_MAX },
    windows: {
      apply: [at(0, '00:00:00'), at(1, '00:00:00')],
      draw: at(1, '10:00:00'),
      results: at(2, '10:00:00'),
      pay: [at(3, '10:00:00'), at(4, '10:00:00')],
      secondSale: [at(6, '10:00:00'), at(100, '00:00:00')],
      use: [at(3, '00:00:00'), expiresExclusive],
    },
    issueDate,
    expiresExclusive,
  }
}

/** Noon in Tokyo: no test sees a day end. */
export const noonOf = (day: string): number => Date.parse(`${day}T12:00:00+09:00`)

export const todayAt = (moment: number): string => jstDateOf(moment)
