import { sleep } from 'k6'
import exec from 'k6/execution'
import http from 'k6/http'
import type { Options } from 'k6/options'
import { arrivals, begin, numberOf, say } from './begin.ts'
import { note, pay, requestOf } from './payments.ts'
import { summaryTrendStats } from './summary.ts'

export { handleSummary } from './summary.ts'

const atOnce = numberOf('AT_ONCE')

/** Every payment is sent several times at the same moment, and once more later. */
export const options: Options = {
  scenarios: {
    storm: arrivals({
      exec: 'insist',
      rate: numberOf('RATE'),
      seconds: numberOf('SECONDS'),
      users: numberOf('USERS'),
    }),
  },
  thresholds: { dropped_iterations: ['count==0'] },
  batch: atOnce,
  batchPerHost: atOnce,
  summaryTrendStats,
  setupTimeout: '120s',
}

export const setup = begin

export function insist(): void {
  const place = exec.scenario.iterationInTest
  const request = requestOf(place)
  for (const response of http.batch(Array.from({ length: atOnce }, () => request))) {
    note(place, response)
    keep(place, response.body)
  }
  sleep(numberOf('LATER_MS') / 1_000)
  keep(place, pay(place).body)
}

/** `F place first|again answer`: the answer without the word that it is a repetition. */
function keep(place: number, body: unknown): void {
  const text = typeof body === 'string' ? body : ''
  const plain = text.replace(/,"replayed":true(?:,"voidedYen":0)?/, '')
  say(`F ${place} ${plain === text ? 'first' : 'again'} ${plain}`)
}
