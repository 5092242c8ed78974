import type { Spread } from './latency.ts'
import type { Ratio } from './rounds.ts'

/** What ours has to reach beside another design, in the best of the rounds. */
type RatioTarget = Readonly<{
  over: string
  of: 'throughput' | 'cpu'
  what: string
  limit: string
  isMet: (ratio: Spread) => boolean
  /** What to do about a miss. */
  next: string
}>

const LESS_CPU = 'npm run bench -- compare --only ours --profile shows where the service spends it'
const MORE_AT_ONCE =
  'npm run bench -- compare --connections 200 gives each design as much at once as it can use'

export const ratioTargets: readonly RatioTarget[] = [
  {
    over: 'ceiling',
    of: 'cpu',
    what: 'CPU a payment, of the ceiling’s',
    limit: '<= 1.8 x',
    isMet: ({ min }) => min <= 1.8,
    next: LESS_CPU,
  },
  {
    over: 'conventional',
    of: 'cpu',
    what: 'CPU a payment, of the conventional design’s',
    limit: '<= 0.4 x',
    isMet: ({ min }) => min <= 0.4,
    next: LESS_CPU,
  },
  {
    over: 'ceiling',
    of: 'throughput',
    what: 'throughput, of the ceiling’s',
    limit: '>= 0.6 x',
    isMet: ({ max }) => max >= 0.6,
    next: LESS_CPU,
  },
  {
    over: 'conventional',
    of: 'throughput',
    what: 'throughput, of the conventional design’s',
    limit: '>= 3 x',
    isMet: ({ max }) => max >= 3,
    next: MORE_AT_ONCE,
  },
]

type Ratios = Readonly<Record<string, Ratio>>

/** What was missed, of what was measured at all: each with what to do next. */
export const missedRatios = (ratios: Ratios): string[] =>
  ratioTargets.flatMap(({ over, of, what, limit, isMet, next }) => {
    const ratio = ratios[over]?.[of]
    if (ratio === undefined || isMet(ratio)) return []
    return [`MISSED ${what} ${limit}: ${ratio.median} (${ratio.min}–${ratio.max}); next: ${next}`]
  })
