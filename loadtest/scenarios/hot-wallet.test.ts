import { expect, test } from 'vitest'
import { phasesOf } from './hot-wallet.ts'

const BEGUN = 1_000_000
const SECONDS = 15

/** Payments every 100 ms of three phases, which took as long as is said of each moment. */
const entries = (msAt: (second: number) => number) =>
  Array.from({ length: SECONDS * 3 * 10 }, (_, place) => {
    const ms = msAt(place / 10)
    return {
      payment: { by: 'till', wallet: 0, till: 0, yen: 10, issuedAt: 0, code: `${place}` },
      status: 201,
      heard: { kind: 'taken', redemptionId: `${place}`, yen: 10 },
      at: BEGUN + place * 100 + ms,
      ms,
    } as const
  })

const phases = (msAt: (second: number) => number) =>
  phasesOf(entries(msAt), { begun: BEGUN, seconds: SECONDS })

test('the hammered wallet is compared with as many payments from all wallets, not with fewer', () => {
  const { alone, more, hot, ratio } = phases((second) => (second < 15 ? 5 : second < 30 ? 20 : 30))
  expect([alone.p99, more.p99, hot.p99]).toEqual([5, 20, 30])
  expect(ratio).toBe(1.5)
})

test('the first five seconds of a phase are the start of the client, and count nowhere', () => {
  const { alone, more, hot } = phases((second) => (second % 15 < 5 ? 900 : 10))
  expect([alone.max, more.max, hot.max]).toEqual([10, 10, 10])
})
