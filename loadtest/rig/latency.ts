/** How long answers took, in milliseconds. */
export type Latency = Readonly<{ p50: number; p90: number; p99: number; max: number }>

/** The exact percentiles of a list: the smallest value that so many percent do not exceed. */
export function latencyOf(values: readonly number[]): Latency {
  const sorted = Float64Array.from(values).toSorted()
  const at = (part: number): number =>
    rounded(sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0)
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) }
}

/** Two places are more than any of these numbers is good for. */
export const rounded = (value: number, places = 2): number =>
  Math.round(value * 10 ** places) / 10 ** places

export type Spread = Readonly<{ median: number; min: number; max: number }>

/** The middle of some numbers and how far apart they lie. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  return { median: rounded(median), min: rounded(sorted[0] ?? 0), max: rounded(sorted.at(-1) ?? 0) }
}
