import { list, needed, optional, record, type Note, type Read } from './campaign-reader.ts'
import { drawFaultsMax, line, name, unitsFrom, unusedName } from './draw-reader.ts'
import type { DrawApplication, DrawTerms } from './draw-terms.ts'

/** A list whose entries are looked at later, when the terms are known. */
export const anyList: Read<readonly unknown[]> = list((item) => item ?? null, { min: 0 })

/**
 * Reads the applications of a draw: each `{id, request, group?, household?}`, no id twice.
 *
 * With groups in order each names one of them; with a household cap each names its household.
 * Where the terms do not use them, both may be there (the members' digest covers them) or be empty.
 * The entries are not copied: reading a million of them takes no memory but a set of their ids.
 */
export function checkApplications(
  items: readonly unknown[],
  facts: Readonly<{ terms: Pick<DrawTerms, 'order' | 'householdCap'>; note: Note }>,
): items is readonly DrawApplication[] {
  const groups = facts.terms.order === undefined ? null : new Set(facts.terms.order)
  const readItem = record({
    id: needed(line),
    request: needed(unitsFrom(1)),
    group: groups === null ? optional(unusedName, null) : needed(oneOfGroups(groups)),
    household: facts.terms.householdCap === undefined ? optional(unusedName, null) : needed(name),
  })
  let faulty = 0
  const note: Note = (fault) => {
    faulty++
    facts.note(fault)
  }
  const ids = new Set<string>()
  for (const [at, item] of items.entries()) {
    const path = `applications[${at}]`
    const id = readItem(item, path, note)?.id
    if (id !== undefined && ids.has(id)) {
      const words = { ja: `${id} が二度あります`, en: `${id} appears twice` }
      note({ path: `${path}.id`, rule: 'twice', ...words })
    }
    if (id !== undefined) ids.add(id)
    if (faulty >= drawFaultsMax) return false
  }
  return faulty === 0
}

const oneOfGroups =
  (groups: ReadonlySet<string>): Read<string> =>
  (value, path, note) => {
    const group = name(value, path, note)
    if (group === undefined || groups.has(group)) return group
    const words = { ja: `order に区分 ${group} がありません`, en: `there is no ${group} in order` }
    note({ path, rule: 'unknown_group', ...words })
    return undefined
  }
