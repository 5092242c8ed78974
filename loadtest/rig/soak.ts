import { rounded, spreadOf } from './latency.ts'
import type { Steady } from './steady.ts'

export type Window = Steady & Readonly<{ minute: number; memoryMb: number; lagMs: number }>

/** How payments went at the end of a long time, beside how they went at its beginning. */
export function soakOf(windows: readonly Window[]) {
  const third = Math.max(1, Math.floor(windows.length / 3))
  const middle = (some: readonly Window[]): number =>
    spreadOf(some.map(({ latency }) => latency.p99)).median
  // In the first third the service meets every phone, and its memory fills.
  const filled = windows[third]?.memoryMb ?? windows.at(-1)?.memoryMb ?? 1
  return {
    ratio: rounded(middle(windows.slice(-third)) / middle(windows.slice(0, third))),
    growth: rounded((windows.at(-1)?.memoryMb ?? 0) / filled),
    worstP99: Math.max(...windows.map(({ latency }) => latency.p99)),
  }
}
