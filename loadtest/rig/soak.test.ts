import { expect, test } from 'vitest'
import { type Window, soakOf } from './soak.ts'

const window = (p99: number, memoryMb: number) =>
  ({ latency: { p50: 1, p90: 2, p99, max: p99 }, memoryMb }) as Window

test('the end is held against the beginning by what was usual in each, and the worst is told', () => {
  const first = [window(10, 300), window(300, 350), window(10, 380)]
  const middle = [window(10, 400), window(12, 400), window(11, 400)]
  const last = [window(20, 410), window(20, 420), window(5, 440)]
  expect(soakOf([...first, ...middle, ...last])).toEqual({ ratio: 2, growth: 1.1, worstP99: 300 })
})
