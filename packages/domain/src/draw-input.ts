import {
  type FileFault,
  integersByName,
  isRecord,
  joinPath,
  list,
  type Note,
  oneOf,
  optional,
  needed,
  record,
} from './campaign-reader.ts'
import { anyList, checkApplications } from './draw-applications.ts'
import { faultList, line, name, seedText, unitsFrom, unitsMax } from './draw-reader.ts'
import { entryOf, type Draw, type DrawTerms } from './draw-terms.ts'

const termShape = {
  algorithm: optional(oneOf(['maxmin-v1']), null),
  campaign: needed(line),
  round: optional(line, null),
  units: needed(unitsFrom(0)),
  cap: needed(unitsFrom(1)),
  order: optional(list(name, { min: 1, key: (group) => group }), null),
  quota: optional(integersByName({ min: 0, max: unitsMax }), null),
  groupCaps: optional(integersByName({ min: 1, max: unitsMax }), null),
  householdCap: optional(unitsFrom(1), null),
}

const readTermFields = record(termShape)
const readDrawFields = record({
  ...termShape,
  seed: needed(seedText),
  applications: needed(anyList),
})

/**
 * Reads one round to draw: `{algorithm?, campaign, round?, seed, units, cap, applications, order?,
 * quota?, groupCaps?, householdCap?}`.
 *
 * Refused with its path: a field that is missing, unknown or of another type; units or a quota
 * below 0; a cap or request below 1; more than ten digits; an id twice; a group that is not in the
 * order; quotas that leave out a group or do not add up to the units; quotas or group caps without
 * an order; an order with a household cap; text that two readers could read differently.
 * No applications at all and no units at all are both sound.
 */
export function parseDraw(
  value: unknown,
): Readonly<{ draw: Draw } | { faults: readonly FileFault[] }> {
  const { faults, note } = faultList()
  const read = readDrawFields(value, '', note)
  if (read === undefined || faults.length > 0 || !isRecord(value)) return { faults }
  const { seed, applications } = read
  const terms = Object.fromEntries(
    Object.entries(value).filter(([field]) => Object.hasOwn(termShape, field)),
  ) as DrawTerms
  checkTogether(terms, '', note)
  if (faults.length > 0) return { faults }
  const isSound = checkApplications(applications, { terms, note })
  return isSound ? { draw: { terms, seed, applications } } : { faults }
}

/** Reads the terms of a draw from an object of their own, as a publication has them. */
export function readTerms(value: unknown, path: string, note: Note): DrawTerms | undefined {
  if (readTermFields(value, path, note) === undefined) return undefined
  const terms = value as DrawTerms
  checkTogether(terms, path, note)
  return terms
}

/** What each field alone cannot say: which may stand together, and which must name the same groups. */
function checkTogether(terms: DrawTerms, path: string, note: Note): void {
  const { order, quota, groupCaps, householdCap } = terms
  const at = (field: string) => joinPath(path, field)
  if (order === undefined) {
    const words = { ja: 'order が要ります', en: 'needs order' }
    if (quota !== undefined) note({ path: at('quota'), rule: 'needs_order', ...words })
    if (groupCaps !== undefined) note({ path: at('groupCaps'), rule: 'needs_order', ...words })
    return
  }
  if (householdCap !== undefined)
    note({
      path: at('householdCap'),
      rule: 'not_with_order',
      ja: 'order と一緒には使えません',
      en: 'is not defined together with order',
    })
  for (const [field, table] of [
    ['quota', quota],
    ['groupCaps', groupCaps],
  ] as const)
    for (const group of Object.keys(table ?? {}))
      if (!order.includes(group))
        note({
          path: joinPath(at(field), group),
          rule: 'unknown_group',
          ja: `order に区分 ${group} がありません`,
          en: `there is no ${group} in order`,
        })
  if (quota !== undefined) checkQuota({ order, quota, units: terms.units }, at('quota'), note)
}

function checkQuota(
  facts: Readonly<{ order: readonly string[]; quota: Record<string, number>; units: number }>,
  path: string,
  note: Note,
): void {
  const { order, quota, units } = facts
  for (const group of order)
    if (entryOf(quota, group) === undefined)
      note({
        path: joinPath(path, group),
        rule: 'missing',
        ja: '書かれていません',
        en: 'is missing',
      })
  let total = 0
  for (const own of Object.values(quota)) total += own
  if (total !== units)
    note({
      path,
      rule: 'quota_total',
      ja: `合計 ${total} 口が units の ${units} 口と合いません`,
      en: `adds up to ${total}, not to the ${units} units`,
    })
}
