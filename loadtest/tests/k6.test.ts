import { describe, expect, test } from 'vitest'
import { K6Missing, findK6 } from '../rig/k6.ts'
import { setRig } from './_seeded.ts'

const k6 = await findK6()
const isCi = (process.env['CI'] ?? '') !== ''

describe('k6', () => {
  test('that is nowhere is asked for in three ways', async () => {
    expect(await findK6({ K6: '/nowhere/k6', PATH: process.env['PATH'] ?? '' })).toBeNull()
    const { message } = new K6Missing()
    expect(message).toContain('go install go.k6.io/k6@v1.8.1')
    expect(message).toContain('brew install k6')
    expect(message).toContain('https://grafana.com/docs/k6/')
  })

  test('that cannot be built says why, and is asked for in the same ways', () => {
    const cause = new Error('go: module lookup disabled')
    const missing = new K6Missing(cause)
    expect(missing.message).toContain('go: module lookup disabled')
    expect(missing.message).toContain('brew install k6')
    expect(missing.cause).toBe(cause)
  })

  test.runIf(k6 !== null || isCi)(
    'sends each code at its moment, and what it heard is what the ledger has (needs k6)',
    { timeout: 120_000 },
    async () => {
      if (k6 === null) throw new K6Missing()
      const stage = await setRig()
      try {
        const { rig } = stage
        const service = await rig.startRedemption()
        const { entries, run, others } = await rig.k6({
          script: 'peak.ts',
          service,
          plan: { count: 60, perSecond: 20 },
          // A machine that tests share may be slow: what is asked here is that books balance.
          env: { RATE: '20', SECONDS: '2', USERS: '10', P99_MS: '15000' },
        })
        expect(others.filter((line) => !/^(thresholds|B \d)/.test(line))).toEqual([])
        expect(entries.length).toBeGreaterThanOrEqual(30)
        expect(entries.every(({ heard, ms }) => heard.kind === 'taken' && ms > 0)).toBe(true)
        expect(run.metrics['http_reqs']?.values['count']).toBe(entries.length)
        const books = await rig.checkBooks(service)
        expect(books).toMatchObject({ balanced: true, acknowledged: entries.length })
      } finally {
        await stage.drop()
      }
    },
  )
})
