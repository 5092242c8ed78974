import { payDateRolls, settlementRules } from './calendar.ts'
import type { Campaign, CampaignAllocation, CampaignTerms, CampaignWindows } from './campaign.ts'
import {
  code,
  day,
  type FileFault,
  instant,
  integer,
  integersByName,
  isRecord,
  list,
  needed,
  type Note,
  oneOf,
  optional,
  period,
  type Read,
  record,
  text,
  yenFrom,
  yesOrNo,
} from './campaign-reader.ts'
import { shopClasses } from './shop-class.ts'
import { yen } from './yen.ts'

const UNITS = { min: 0, max: 9_999_999_999 }

const itself = (value: string): string => value
const groupCode = code(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/)
const kindCode = code(/^[A-Z][A-Z0-9_]{0,31}$/)
const algorithm = needed(oneOf(['maxmin-v1']))
const order = needed(list(groupCode, { min: 1, key: itself }))
const groupCaps = optional(integersByName(UNITS), new Map<string, number>())

const kinds = list(
  record({
    code: needed(kindCode),
    label: needed(text(100)),
    priceYen: needed(yenFrom(0)),
    faceYen: needed(yenFrom(1)),
    acceptedBy: needed(list(oneOf(shopClasses), { min: 0, key: itself })),
  }),
  { min: 1, key: (kind) => kind.code, keyField: 'code' },
)

const unit = record({
  priceYen: needed(yenFrom(1)),
  faceYen: needed(yenFrom(1)),
  parts: needed(list(kindCode, { min: 1, key: itself })),
})

const together = record({
  algorithm,
  groups: needed(oneOf(['together', 'strict', 'quota'])),
})
const strict = record({ algorithm, groups: needed(oneOf(['strict'])), order, groupCaps })
const quota = record({
  algorithm,
  groups: needed(oneOf(['quota'])),
  order,
  quotas: needed(integersByName(UNITS)),
  groupCaps,
})

const allocation: Read<CampaignAllocation> = (value, path, note) => {
  const groups = isRecord(value) ? value['groups'] : undefined
  if (groups === 'strict') return strict(value, path, note)
  if (groups === 'quota') return quota(value, path, note)
  const plain = together(value, path, note)
  return plain && { algorithm: plain.algorithm, groups: 'together' }
}

const windows: Read<CampaignWindows> = record({
  apply: needed(period),
  draw: needed(instant),
  results: needed(instant),
  pay: needed(period),
  secondSale: optional(period, null),
  use: needed(period),
})

const spending = record({
  minYen: optional(integer({ min: 1, max: 9_999_999_999 }), 1),
  perCodeYenMax: optional(yenFrom(1), yen(50_000)),
  change: optional(yesOrNo, false),
  partial: optional(yesOrNo, true),
})

const settlement = record({
  rule: needed(oneOf(settlementRules)),
  roll: needed(oneOf(payDateRolls)),
  closings: needed(list(code(/^([1-9]|1\d|2[0-8]|EOM)$/), { min: 1, key: itself })),
  minimumYen: optional(yenFrom(0), yen(0)),
  transferFee: optional(oneOf(['FEDERATION', 'SHOP']), 'FEDERATION'),
  shopFeeBps: optional(integer({ min: 0, max: 10_000 }), 0),
})

const terms: Read<CampaignTerms> = record({
  id: needed(code(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)),
  name: needed(text(200)),
  issuer: needed(text(200)),
  currency: needed(oneOf(['JPY'])),
  kinds: needed(kinds),
  unit: needed(unit),
  stock: needed(record({ units: needed(integer(UNITS)) })),
  eligibility: needed(
    record({
      groups: needed(list(groupCode, { min: 1, key: itself })),
      minAge: optional(integer({ min: 0, max: 150 }), 0),
    }),
  ),
  allocation: needed(allocation),
  caps: needed(
    record({
      perPersonUnits: needed(integer(UNITS)),
      perHouseholdUnits: optional(integer(UNITS), null),
      secondSalePerPerson: optional(integer(UNITS), null),
    }),
  ),
  windows: needed(windows),
  issueDate: needed(day),
  expiresExclusive: needed(instant),
  spending: optional(spending, {
    minYen: 1,
    perCodeYenMax: yen(50_000),
    change: false,
    partial: true,
  }),
  settlement: needed(settlement),
  premium: needed(
    record({
      funder: needed(oneOf(['WARD'])),
      claim: needed(oneOf(['MONTHLY_CUMULATIVE', 'ADVANCE'])),
    }),
  ),
})

/**
 * Reads a campaign from the value of its JSON file.
 *
 * Every field must be there in its form, none may be there that the form does not know, and a
 * part or a group that is named must exist. All faults are told, each with its path and rule.
 * A campaign that was read has a meaning; whether it is lawful and sound is asked of
 * `lintCampaign`.
 */
export function parseCampaign(
  value: unknown,
): Readonly<{ campaign: Campaign } | { faults: readonly FileFault[] }> {
  const faults: FileFault[] = []
  const note = (fault: FileFault): void => void faults.push(fault)
  const read = terms(value, '', note)
  if (read !== undefined && faults.length === 0) noteUnknownNames(read, note)
  return read === undefined || faults.length > 0 ? { faults } : { campaign: read as Campaign }
}

function noteUnknownNames(read: CampaignTerms, note: Note): void {
  const kindCodes = new Set(read.kinds.map((kind) => kind.code))
  for (const [index, part] of read.unit.parts.entries()) {
    if (kindCodes.has(part)) continue
    const words = { ja: `券種 ${part} がありません`, en: `there is no kind ${part}` }
    note({ path: `unit.parts[${index}]`, rule: 'unknown_kind', ...words })
  }
  if (read.allocation.groups === 'together') return
  const groups = new Set(read.eligibility.groups)
  const { order: inOrder, groupCaps: caps } = read.allocation
  const named: [string, string][] = inOrder.map((name, index) => [`order[${index}]`, name])
  for (const name of caps.keys()) named.push([`groupCaps.${name}`, name])
  if (read.allocation.groups === 'quota')
    for (const name of read.allocation.quotas.keys()) named.push([`quotas.${name}`, name])
  for (const [path, name] of named) {
    if (groups.has(name)) continue
    const ja = `対象者の区分 ${name} がありません`
    const en = `there is no group ${name} in eligibility.groups`
    note({ path: `allocation.${path}`, rule: 'unknown_group', ja, en })
  }
}
