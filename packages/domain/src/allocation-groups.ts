import { runPool, sumOf, type Pool, type Scorer } from './allocation-pool.ts'
import { assert } from './assert.ts'
import { entryOf, type DrawApplication, type DrawTerms } from './draw-terms.ts'

/** One group's round; where it was run again with spilled units, the last run. */
export type GroupPool = Pool &
  Readonly<{
    group: string
    /** Units it was run with. */
    units: number
    allocated: number
  }>

type Members = Readonly<{ group: string; ids: readonly string[]; wishes: readonly number[] }>

/**
 * Shares units among groups, in the order of `terms.order`.
 *
 * Without quotas the first group takes what it can, the next what is left, and so on.
 * With quotas each group is run with its own; then, in the same order, a group that is still short
 * is run again with its quota and what others left unused, at most its shortage.
 *
 * `applications` are in order of their ids; every group of theirs is in `terms.order`.
 */
export function allocateGroups({
  terms,
  applications,
  scorer,
}: Readonly<{
  terms: DrawTerms
  applications: readonly DrawApplication[]
  scorer: Scorer
}>): readonly GroupPool[] {
  const groups = membersByGroup(terms, applications)
  if (terms.quota === undefined) return inStrictOrder(terms.units, groups, scorer)
  return byQuota(terms.quota, groups, scorer)
}

function membersByGroup(
  terms: DrawTerms,
  applications: readonly DrawApplication[],
): readonly Members[] {
  const groups = new Map(
    (terms.order ?? []).map((group) => [
      group,
      {
        group,
        cap: entryOf(terms.groupCaps, group) ?? terms.cap,
        ids: [] as string[],
        wishes: [] as number[],
      },
    ]),
  )
  for (const { id, request, group } of applications) {
    const own = groups.get(group ?? '')
    assert(own !== undefined, 'every application is of a group in the order')
    own.ids.push(id)
    own.wishes.push(Math.min(request, own.cap))
  }
  return [...groups.values()]
}

function runGroup(
  { group, ids, wishes }: Members,
  facts: Readonly<{ rule: 'g' | 'q'; units: number; scorer: Scorer }>,
): GroupPool {
  const { rule, units, scorer } = facts
  const pool = runPool({ round: `${rule}:${group}`, ids, units, wishes, scorer })
  return { ...pool, group, units, allocated: sumOf(pool.share.units) }
}

function inStrictOrder(
  units: number,
  groups: readonly Members[],
  scorer: Scorer,
): readonly GroupPool[] {
  let left = units
  return groups.map((members) => {
    const pool = runGroup(members, { rule: 'g', units: left, scorer })
    left -= pool.allocated
    return pool
  })
}

function byQuota(
  quota: Readonly<Record<string, number>>,
  groups: readonly Members[],
  scorer: Scorer,
): readonly GroupPool[] {
  const own = groups.map((members) =>
    runGroup(members, { rule: 'q', units: entryOf(quota, members.group) ?? 0, scorer }),
  )
  let unused = sumOf(own.map((pool) => pool.units - pool.allocated))
  return own.map((pool, at) => {
    const members = groups[at]
    assert(members !== undefined, 'one run per group')
    const spilled = Math.min(unused, sumOf(members.wishes) - pool.allocated)
    if (spilled === 0) return pool
    unused -= spilled
    return runGroup(members, { rule: 'q', units: pool.units + spilled, scorer })
  })
}
