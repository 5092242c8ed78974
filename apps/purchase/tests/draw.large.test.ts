import { afterAll, beforeAll, expect, test } from 'vitest'
import { moments } from './_campaign.ts'
import { drawDesk, verify } from './_draw.ts'
import { setStage, type Stage } from './_stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
  await stage.openCampaign({ stock: { units: 48_000 } })
})
afterAll(() => stage.drop())

/** Vector 11 of the campaign's specification: how many applicants ask for how many units. */
const wishes = [
  [1, 2_000],
  [2, 3_000],
  [3, 4_000],
  [4, 2_345],
  [5, 10_000],
] as const
const lines = wishes
  .flatMap(([units, count]) => Array.from({ length: count }, () => units))
  .map((units, at) => ({
    applicationNo: `A${String(at + 1).padStart(5, '0')}`,
    name: `未来 ${at + 1}`,
    group: 'RESIDENT',
    units,
  }))

test('21,345 postcards are keyed and drawn in seconds, and anybody can do it again', async () => {
  const { step, at } = drawDesk(stage, 'MIRAI2027')
  at(moments.apply)
  await step('commit')
  for (let from = 0; from < lines.length; from += 1_000) {
    const applications = lines.slice(from, from + 1_000)
    const path = '/v1/campaigns/MIRAI2027/applications/keyed'
    const keyed = await stage.send(stage.clerk, `POST ${path}`, { body: { applications } })
    expect(keyed.status).toBe(201)
  }
  at(moments.applyEnd)
  expect((await step('freeze')).status).toBe(200)
  at(moments.draw)
  const started = performance.now()
  const run = await step('run', { publicValue: '12345.67' })
  const ms = performance.now() - started
  expect(run.body).toMatchObject({
    applicants: 21_345,
    allocated: 48_000,
    level: 2,
    remainder: 7_310,
    candidates: 16_345,
    histogram: [
      { units: 1, applicants: 2_000 },
      { units: 2, applicants: 12_035 },
      { units: 3, applicants: 7_310 },
    ],
  })
  expect(ms).toBeLessThan(15_000)
  at(moments.results)
  await step('publish')
  const { text } = await stage.send(null, 'GET /v1/campaigns/MIRAI2027/draw/publication')
  expect(verify(text)).toEqual({ verified: true, firstDifference: null })

  at(moments.release)
  const released = await stage.send(stage.clerk, 'POST /v1/campaigns/MIRAI2027/release')
  expect(released.body).toMatchObject({ unitsReleased: 48_000, unitsFree: 48_000 })
})
