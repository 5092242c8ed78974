import {
  type CampaignTerms,
  type JstDate,
  type SettlementPeriod,
  type Yen,
  addDays,
  closingOf,
  jstDateOf,
  settlementPeriodOf,
} from '@minnaken/domain'
import { type Refused, refused } from '@minnaken/http'
import { isBankDay } from '@minnaken/zengin'

/** Days on which something can still be booked after the vouchers have ended. */
const DAYS_AFTER_EXPIRY = 62

/** What a closing goes by, taken from the campaigns when it begins and kept with the run. */
export type ClosingTerms = Readonly<{ payDate: JstDate; feeBps: number; minimumYen: Yen }>

export type TermsRefusal =
  | Readonly<{
      kind: 'period_not_in_calendar'
      /** The period of the calendar that the first day belongs to, if there is one. */
      expected: SettlementPeriod | null
    }>
  /** The campaigns do not agree when shops are paid, or on what terms. */
  | Readonly<{ kind: 'calendars_differ'; campaigns: readonly string[] }>

/**
 * The terms under which a period is closed, if it is one of the shared calendar's.
 *
 * The campaigns in which shops can earn during a period, from the first day of use to two months
 * after the last, share one calendar; one that is over binds nobody who comes later. Between two
 * campaigns, when what came back may still be paid, those before and after have to agree.
 */
export function closingTerms(
  campaigns: readonly CampaignTerms[],
  period: SettlementPeriod,
): Readonly<{ kind: 'known'; terms: ClosingTerms }> | Refused<TermsRefusal> {
  const begun = campaigns.filter(({ windows }) => jstDateOf(windows.use.from) <= period.periodEnd)
  const ahead = campaigns.filter((each) => lastDayOf(each) >= period.periodStart)
  const inUse = begun.filter((each) => ahead.includes(each))
  const isBetween = begun.length > 0 && ahead.length > 0
  const bound = inUse.length > 0 ? inUse : isBetween ? campaigns : []
  const [first] = bound
  if (first === undefined) return refused({ kind: 'period_not_in_calendar', expected: null })
  if (bound.some((campaign) => termsOf(campaign) !== termsOf(first)))
    return refused({ kind: 'calendars_differ', campaigns: bound.map(({ id }) => id) })
  const { rule, roll, shopFeeBps, minimumYen } = first.settlement
  const expected = settlementPeriodOf(rule, period.periodStart)
  if (expected.periodStart !== period.periodStart || expected.periodEnd !== period.periodEnd)
    return refused({ kind: 'period_not_in_calendar', expected })
  const { payDate } = closingOf({ rule, roll, period, isBankDay })
  return { kind: 'known', terms: { payDate, feeBps: shopFeeBps, minimumYen } }
}

const lastDayOf = ({ expiresExclusive }: CampaignTerms): JstDate =>
  addDays(jstDateOf(expiresExclusive), DAYS_AFTER_EXPIRY)

const termsOf = ({ settlement }: CampaignTerms): string =>
  [settlement.rule, settlement.roll, settlement.shopFeeBps, settlement.minimumYen].join()
