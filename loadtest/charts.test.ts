import { expect, test } from 'vitest'
import { drawChart, powerTicks, roundTicks } from './charts.ts'

const chart = {
  title: 'Latency <of> a "storm"',
  description: 'It rises & falls.',
  x: { label: 'second', max: 10, ticks: [0, 5, 10] },
  y: { label: 'milliseconds', max: 100, ticks: [1, 10, 100], isLog: true },
  lines: [
    {
      name: 'ours',
      look: 'first',
      points: [
        [0, 10],
        [10, 100],
      ],
    },
    {
      name: 'shared',
      look: 'second',
      points: [
        [0, 1],
        [5, 0],
      ],
    },
  ],
  band: { from: 5, until: 10, label: 'the storm' },
} as const

test('a chart names its axes and its lines, and what is written in it stays text', () => {
  const svg = drawChart(chart)
  for (const text of [
    'second',
    'milliseconds',
    'ours',
    'shared',
    'the storm',
    'It rises &amp; falls.',
  ])
    expect(svg).toContain(`>${text}<`)
  expect(svg).toContain('Latency &lt;of> a &quot;storm&quot;')
  expect(svg).not.toContain('NaN')
})

test('values lie where the axes say: the lowest at the bottom, the highest at the top', () => {
  const svg = drawChart(chart)
  expect(svg).toContain('M76 240L836 84')
  // Nothing is lower than the lowest power that the axis shows.
  expect(svg).toContain('M76 396L456 396')
})

test('ticks are round numbers that reach over everything', () => {
  expect(roundTicks(10_300)).toEqual([0, 2_000, 4_000, 6_000, 8_000, 10_000, 12_000])
  expect(roundTicks(95, 5)).toEqual([0, 20, 40, 60, 80, 100])
  expect(powerTicks([3, 250])).toEqual([1, 10, 100, 1_000])
  expect(powerTicks([100, 0])).toEqual([100, 1_000])
  expect(powerTicks([])).toEqual([1, 10])
})
