declare const console: { log: (line: string) => void }

import { untilStart } from './payments.ts'

/** Writes a line into the journal that is not about a payment. */
export const say = (line: string): void => console.log(line)

/** Waits for the first code's moment and writes down when it really was. */
export function begin(): void {
  untilStart()
  say(`B ${Date.now()}`)
}

export const numberOf = (name: string): number => Number(__ENV[name] ?? '0')

type Arrivals = Readonly<{
  exec: string
  /** Arrivals in all of `overSeconds`. */
  rate: number
  overSeconds?: number
  seconds: number
  startSeconds?: number
  users: number
}>

/** People who arrive at a steady rate, whether or not the ones before were answered. */
export const arrivals = ({
  exec,
  rate,
  overSeconds = 1,
  seconds,
  startSeconds = 0,
  users,
}: Arrivals) => ({
  executor: 'constant-arrival-rate' as const,
  exec,
  rate,
  timeUnit: `${overSeconds}s`,
  duration: `${seconds}s`,
  startTime: `${startSeconds}s`,
  preAllocatedVUs: users,
  maxVUs: users,
  gracefulStop: '30s',
})
