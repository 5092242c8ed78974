import type { Entry } from './journal.ts'
import { type Latency, latencyOf } from './latency.ts'

/** When the script began, as it wrote down itself. */
export function begunAt(others: readonly string[]): number {
  const line = others.find((each) => each.startsWith('B '))
  if (line === undefined) throw new Error('the script did not write down when it began')
  return Number(line.slice(2))
}

/** What was sent from one second to another of a run, without the one that was sent at its end. */
export function sentWithin(
  entries: readonly Entry[],
  { begun, from, until }: Readonly<{ begun: number; from: number; until: number }>,
): Entry[] {
  const [first, last] = [begun + from * 1_000, begun + until * 1_000]
  return entries.filter(({ at, ms }) => at - ms >= first && at - ms < last)
}

export const latencyIn = (entries: readonly Entry[]): Latency =>
  latencyOf(entries.map(({ ms }) => ms))

/** One second of a run, by when requests were sent. */
export type Second = Readonly<{
  second: number
  sent: number
  taken: number
  p50: number
  p99: number
  max: number
}>

/** A run second by second, for a chart. */
export function perSecond(
  entries: readonly Entry[],
  { begun, seconds }: Readonly<{ begun: number; seconds: number }>,
): Second[] {
  const bins: Entry[][] = Array.from({ length: seconds }, () => [])
  for (const entry of entries) bins[Math.floor((entry.at - entry.ms - begun) / 1_000)]?.push(entry)
  return bins.map((bin, second) => {
    const { p50, p99, max } = latencyIn(bin)
    const taken = bin.filter(({ heard }) => heard.kind === 'taken').length
    return { second, sent: bin.length, taken, p50, p99, max }
  })
}
