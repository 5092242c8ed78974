import { assert } from './assert.ts'
import type { PayDateRoll, SettlementRule } from './calendar.ts'
import type { ShopClass } from './shop-class.ts'
import {
  addMonths,
  type Instant,
  type JstDate,
  jstDateOf,
  type Period,
  startOfJstDate,
} from './time.ts'
import { sumYen, type Yen, yen } from './yen.ts'

/** 券種: what a part of a unit costs, what it is worth, and which classes of shop take it. */
export type VoucherKind = Readonly<{
  code: string
  label: string
  priceYen: Yen
  /** What the part can buy, premium included. */
  faceYen: Yen
  acceptedBy: readonly ShopClass[]
}>

/** How groups share the units: all together, group after group, or by quota with spill. */
export type CampaignAllocation =
  | Readonly<{ groups: 'together'; algorithm: 'maxmin-v1' }>
  | Readonly<{
      groups: 'strict'
      algorithm: 'maxmin-v1'
      order: readonly string[]
      /** Replaces the cap per person for a group. */
      groupCaps: ReadonlyMap<string, number>
    }>
  | Readonly<{
      groups: 'quota'
      algorithm: 'maxmin-v1'
      order: readonly string[]
      quotas: ReadonlyMap<string, number>
      groupCaps: ReadonlyMap<string, number>
    }>

export type CampaignWindows = Readonly<{
  apply: Period
  draw: Instant
  results: Instant
  pay: Period
  secondSale: Period | null
  use: Period
}>

/** When shops are paid: one calendar for all campaigns of a federation. */
export type SettlementTerms = Readonly<{
  rule: SettlementRule
  roll: PayDateRoll
  closings: readonly string[]
  minimumYen: Yen
  transferFee: 'FEDERATION' | 'SHOP'
  shopFeeBps: number
}>

/** 事業・発行回: one issue of vouchers with its rules, as its file states them. */
export type CampaignTerms = Readonly<{
  id: string
  name: string
  issuer: string
  currency: 'JPY'
  kinds: readonly VoucherKind[]
  /** 口: what is applied for and sold; `parts` are codes of kinds. */
  unit: Readonly<{ priceYen: Yen; faceYen: Yen; parts: readonly string[] }>
  stock: Readonly<{ units: number }>
  eligibility: Readonly<{ groups: readonly string[]; minAge: number }>
  allocation: CampaignAllocation
  caps: Readonly<{
    perPersonUnits: number
    perHouseholdUnits: number | null
    secondSalePerPerson: number | null
  }>
  windows: CampaignWindows
  issueDate: JstDate
  /** The first moment at which the vouchers are worth nothing any more. */
  expiresExclusive: Instant
  spending: Readonly<{ minYen: number; perCodeYenMax: Yen; change: boolean; partial: boolean }>
  settlement: SettlementTerms
  /** Claimed each month on what was used, or advanced whole and the unused rest returned. */
  premium: Readonly<{ funder: 'WARD'; claim: 'MONTHLY_CUMULATIVE' | 'ADVANCE' }>
}>

declare const campaignBrand: unique symbol

/** Terms that were read by `parseCampaign`, and only by it. */
export type Campaign = CampaignTerms & { readonly [campaignBrand]: true }

/** The kinds one unit consists of, in the order the file names them. */
export function partsOf(campaign: CampaignTerms): readonly VoucherKind[] {
  return campaign.unit.parts.map((part) => {
    const kind = campaign.kinds.find((each) => each.code === part)
    assert(kind !== undefined, `part ${part} is a kind of campaign ${campaign.id}`)
    return kind
  })
}

/** What the ward adds to one unit: the face of its parts less their price. */
export const unitPremium = (campaign: CampaignTerms): Yen =>
  sumYen(partsOf(campaign).map((kind) => yen(kind.faceYen - kind.priceYen)))

/** When the vouchers can be spent. */
export const useWindow = (campaign: CampaignTerms): Period => campaign.windows.use

/** When a lot of this campaign ends: the same moment for every sale, the second one too. */
export const expiresAt = (campaign: CampaignTerms): Instant => campaign.expiresExclusive

const TWO_DAYS_MS = 2 * 86_400_000

/**
 * When unpaid wins go back to the stock: two days after the end of `pay`,
 * because a convenience store reports late what was paid in time.
 */
export const unpaidReleasedAt = (campaign: CampaignTerms): Instant =>
  campaign.windows.pay.until + TWO_DAYS_MS

/** The first day on which a unit can exist: the issue date, or the start of sale if earlier. */
export function firstIssueDate(campaign: CampaignTerms): JstDate {
  const sale = [campaign.windows.pay, campaign.windows.secondSale].map((window) =>
    window === null ? campaign.issueDate : jstDateOf(window.from),
  )
  return [campaign.issueDate, ...sale].reduce((a, b) => (a < b ? a : b))
}

/** The latest end without registration: six months from the first issue, 00:00 in Tokyo. */
export const lastLawfulExpiry = (campaign: CampaignTerms): Instant =>
  startOfJstDate(addMonths(firstIssueDate(campaign), 6))
