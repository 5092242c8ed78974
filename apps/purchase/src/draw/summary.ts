import { type Allocation, type Pool, unreachable } from '@minnaken/domain'

/** What a draw came to, in figures that name nobody. */
export type DrawSummary = Readonly<{
  applicants: number
  units: number
  allocated: number
  unsold: number
  everyApplicantGetsOne: boolean
  level: number | null
  remainder: number | null
  candidates: number | null
  groups: readonly Readonly<{
    group: string
    units: number
    level: number
    remainder: number
    candidates: number
  }>[]
  /** How many applicants may buy how many units. */
  histogram: readonly Readonly<{ units: number; applicants: number }>[]
}>

export function summaryOf(allocation: Allocation): DrawSummary {
  const { units, allocated, unsold, everyApplicantGetsOne } = allocation
  return {
    applicants: units.length,
    units: allocated + unsold,
    allocated,
    unsold,
    everyApplicantGetsOne,
    ...figuresOf(allocation),
    histogram: histogramOf(units),
  }
}

function figuresOf(
  allocation: Allocation,
): Pick<DrawSummary, 'level' | 'remainder' | 'candidates' | 'groups'> {
  switch (allocation.kind) {
    case 'together':
    case 'households':
      return { ...levelOf(allocation.pool), groups: [] }
    case 'groups':
      return {
        level: null,
        remainder: null,
        candidates: null,
        groups: allocation.groups.map((pool) => ({
          group: pool.group,
          units: pool.units,
          ...levelOf(pool),
        })),
      }
    default:
      return unreachable(allocation)
  }
}

const levelOf = ({ share: { level, remainder, candidates } }: Pool) => ({
  level,
  remainder,
  candidates,
})

function histogramOf(given: readonly number[]): DrawSummary['histogram'] {
  const counts = new Map<number, number>()
  for (const units of given) counts.set(units, (counts.get(units) ?? 0) + 1)
  return [...counts]
    .toSorted(([a], [b]) => a - b)
    .map(([units, applicants]) => ({ units, applicants }))
}
