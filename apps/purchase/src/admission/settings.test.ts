import { expect, test } from 'vitest'
import { admissionSettings, edgeLimits } from './settings.ts'

test('a process lets in sixteen for each of its connections, unless it is told otherwise', () => {
  expect(admissionSettings(4)).toMatchObject({ inFlightMax: 64, perSecondMax: 1_000 })
  const env = { MINNAKEN_ADMISSION_IN_FLIGHT: '20', MINNAKEN_ADMISSION_PER_SECOND: '50' }
  expect(admissionSettings(4, env)).toMatchObject({ inFlightMax: 20, perSecondMax: 50 })
})

test.each(['0', '-1', '1.5', 'many', '', '100000'])('%j is no number of people', (text) => {
  expect(() => admissionSettings(4, { MINNAKEN_ADMISSION_IN_FLIGHT: text })).toThrow(
    /MINNAKEN_ADMISSION_IN_FLIGHT/,
  )
})

test('what the gate lets in is far from being shed', () => {
  const { inFlightMax, shedAt } = edgeLimits(admissionSettings(4))
  expect([shedAt.report, shedAt.sale, shedAt.balance, inFlightMax]).toEqual([32, 128, 256, 4_000])
})
