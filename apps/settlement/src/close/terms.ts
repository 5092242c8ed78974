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
 * All campaigns of a federation share one calendar; the period has to lie where shops can earn,
 * from the first day of use of any of them to two months after the last one ends.
 */
export function closingTerms(
  campaigns: readonly CampaignTerms[],
  period: SettlementPeriod,
): Readonly<{ kind: 'known'; terms: ClosingTerms }> | Refused<TermsRefusal> {
  const [first] = campaigns
  if (first === undefined) return refused({ kind: 'period_not_in_calendar', expected: null })
  const { rule, roll, shopFeeBps, minimumYen } = first.settlement
  if (campaigns.some((campaign) => termsOf(campaign) !== termsOf(first)))
    return refused({ kind: 'calendars_differ', campaigns: campaigns.map(({ id }) => id) })
  const from = campaigns.map(({ windows }) => jstDateOf(windows.use.from)).toSorted()[0]
  const last = campaigns
    .map((each) => jstDateOf(each.expiresExclusive))
    .toSorted()
    .at(-1)
  const isInUse =
    from !== undefined &&
    last !== undefined &&
    period.periodEnd >= from &&
    period.periodStart <= addDays(last, DAYS_AFTER_EXPIRY)
  if (!isInUse) return refused({ kind: 'period_not_in_calendar', expected: null })
  const expected = settlementPeriodOf(rule, period.periodStart)
  if (expected.periodStart !== period.periodStart || expected.periodEnd !== period.periodEnd)
    return refused({ kind: 'period_not_in_calendar', expected })
  const { payDate } = closingOf({ rule, roll, period, isBankDay })
  return { kind: 'known', terms: { payDate, feeBps: shopFeeBps, minimumYen } }
}

const termsOf = ({ settlement }: CampaignTerms): string =>
  [settlement.rule, settlement.roll, settlement.shopFeeBps, settlement.minimumYen].join()
