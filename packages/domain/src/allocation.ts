import { allocateGroups, type GroupPool } from './allocation-groups.ts'
import { runPool, scorerOf, sumOf, type Pool } from './allocation-pool.ts'
import { assert } from './assert.ts'
import { listDigestOf } from './draw-digest.ts'
import { compareCodePoints, sortById } from './draw-order.ts'
import type { Draw, DrawApplication, DrawHashes } from './draw-terms.ts'
import { allocateHouseholds } from './household.ts'

/** Who may buy how many units, and how it came about. */
export type Allocation = Readonly<{
  /** Every applicant, in code point order of the ids. */
  ids: readonly string[]
  /** What each may buy, by position in `ids`. */
  units: readonly number[]
  allocated: number
  /** Left for the second sale. */
  unsold: number
  everyApplicantGetsOne: boolean
  listDigest: string
}> &
  (
    | Readonly<{ kind: 'together'; pool: Pool }>
    | Readonly<{ kind: 'groups'; groups: readonly GroupPool[]; base: readonly number[] }>
    | Readonly<{ kind: 'households'; pool: Pool }>
  )

/**
 * Shares the units of a campaign so that everyone who applied can buy (希望者全員当選制).
 *
 * Every applicant is raised to the same level until the units run out, nobody above the request or
 * the cap; the units left over, too few for one each, are drawn among those still short.
 * Groups are served in order or by quota, households share first among them, then inside.
 *
 * Units in, units out: everything is sold, or every wish is met. The order of the applications
 * does not matter. Takes O(n log n) time for the scores and O(n) memory.
 *
 * With fewer units than applicants the promise cannot be kept: one unit each is drawn, and
 * `everyApplicantGetsOne` is false.
 *
 * Throws when the draw is not one that `readDraw` would accept.
 */
export function allocateUnits({
  draw,
  hashes,
}: Readonly<{ draw: Draw; hashes: DrawHashes }>): Allocation {
  const { terms } = draw
  const applications = sortById(draw.applications)
  assertSound(draw, applications)
  const scorer = scorerOf(draw, hashes)
  const ids = applications.map(({ id }) => id)
  const listDigest = listDigestOf(applications, hashes)
  const complete = (units: readonly number[]) => {
    const allocated = sumOf(units)
    assert(allocated <= terms.units, 'no more is given than there is')
    const everyApplicantGetsOne = units.every((given) => given >= 1)
    const unsold = terms.units - allocated
    return { ids, units, allocated, unsold, everyApplicantGetsOne, listDigest }
  }

  if (terms.order !== undefined) {
    const groups = allocateGroups({ terms, applications, scorer })
    const base = byPosition(applications, groups, (pool) => pool.share.base)
    const units = byPosition(applications, groups, (pool) => pool.share.units)
    return { kind: 'groups', ...complete(units), groups, base }
  }
  if (terms.householdCap !== undefined) {
    const { pool, units } = allocateHouseholds({ terms, applications, scorer })
    return { kind: 'households', ...complete(units), pool }
  }
  const wishes = applications.map(({ request }) => Math.min(request, terms.cap))
  const round = terms.round ?? 'r1'
  const pool = runPool({ round, ids, units: terms.units, wishes, scorer })
  return { kind: 'together', ...complete(pool.share.units), pool }
}

/** Puts the groups' numbers back in the order of all applications: each group is in order itself. */
function byPosition(
  applications: readonly DrawApplication[],
  groups: readonly GroupPool[],
  numbersOf: (pool: GroupPool) => readonly number[],
): readonly number[] {
  const next = new Map(groups.map((pool) => [pool.group, { numbers: numbersOf(pool), at: 0 }]))
  return applications.map(({ group }) => {
    const own = next.get(group ?? '')
    assert(own !== undefined, 'every application is of a group in the order')
    return own.numbers[own.at++] ?? 0
  })
}

function assertSound({ terms }: Draw, applications: readonly DrawApplication[]): void {
  assert(Number.isSafeInteger(terms.units) && terms.units >= 0, 'units are a whole number')
  assert(Number.isSafeInteger(terms.cap) && terms.cap >= 1, 'the cap is at least 1')
  assert(
    terms.order === undefined || terms.householdCap === undefined,
    'groups in order together with a household cap are not defined',
  )
  let before: string | null = null
  for (const { id, request } of applications) {
    assert(before === null || compareCodePoints(before, id) !== 0, `one application per id: ${id}`)
    assert(Number.isSafeInteger(request) && request >= 1, `a request is at least 1: ${id}`)
    before = id
  }
}
