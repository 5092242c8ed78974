import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Summary } from '../src/demo/report.ts'
import { minnaken, startMinnaken } from './_command.ts'

const folder = fileURLToPath(new URL(`../../../.data/demo-${process.pid}`, import.meta.url))
const env = { MINNAKEN_DATA: folder, DATABASE_URL: '' }

beforeAll(() => mkdir(folder, { recursive: true }))
afterAll(async () => {
  await minnaken(['reset', '--yes'], { env })
  await rm(folder, { recursive: true, force: true })
})

/** The demo with few people, in this process: its folder follows from the environment at import. */
async function smallDemo(options: {
  lines: readonly { id: string; name: string; group: string; units: number }[] | null
  units: number | null
  residents: number
}): Promise<Summary> {
  Object.assign(process.env, env)
  const { runDemo } = await import('../src/demo/run.ts')
  return runDemo(options)
}

test('a whole campaign ends with every check true', async () => {
  const summary = await smallDemo({ lines: null, units: null, residents: 60 })
  expect(summary.facts.filter(({ ok }) => !ok)).toEqual([])
  expect(summary.verification).toMatchObject({ balanced: true })
  expect(summary.facts.length).toBeGreaterThan(15)
  expect(summary.verification.identity.settled).toBeGreaterThan(0)
  const drawn = await minnaken(['verify-draw', `${folder}/demo/draw.json`, '--json'])
  expect(JSON.parse(drawn.stdout)).toEqual({ verified: true, firstDifference: null })
  for (const periodEnd of ['2027-02-15', '2027-02-28']) {
    const file = `${folder}/demo/zengin-${periodEnd}.txt`
    const checked = await minnaken(['zengin', 'check', file, '--json'])
    expect(checked.code).toBe(0)
    expect((await readFile(file)).length % 122).toBe(0)
  }
}, 180_000)

test('a list of applications is keyed by a clerk and drawn', async () => {
  const units = [5, 5, 4, 3, 2, 1, 5, 5]
  const lines = Array.from({ length: 800 }, (_, place) => ({
    id: `P${place + 1}`,
    name: `未来 ${place + 1}`,
    group: 'RESIDENT',
    units: units[place % units.length] ?? 1,
  }))
  const summary = await smallDemo({ lines, units: 1_400, residents: 40 })
  expect(summary.facts.filter(({ ok }) => !ok)).toEqual([])
  expect(summary.applicants).toBe(800)
  expect(summary.draw).toMatchObject({ level: 1, remainder: 600, candidates: 700 })
}, 180_000)

test('a list of one line is enough for a campaign', async () => {
  const lines = [{ id: 'P1', name: '未来 一', group: 'RESIDENT', units: 3 }]
  const summary = await smallDemo({ lines, units: null, residents: 500 })
  expect(summary.facts.filter(({ ok }) => !ok)).toEqual([])
  expect(summary.verification).toMatchObject({ balanced: true })
  expect(summary.draw).toMatchObject({ units: 48_000, level: 3, remainder: 0 })
  expect(summary.refusals.get('balance_too_small')).toBe(2)
}, 180_000)

test('a draw whose winners take no part pays nobody at first, and sells again what they leave', async () => {
  const lines = Array.from({ length: 900 }, (_, place) => ({
    id: `P${place + 1}`,
    name: `未来 ${place + 1}`,
    group: 'RESIDENT',
    units: 2,
  }))
  const summary = await smallDemo({ lines, units: 2, residents: 1 })
  expect(summary.facts.filter(({ ok }) => !ok)).toEqual([])
  expect(summary.draw).toMatchObject({ level: 0, remainder: 2, candidates: 900 })
  expect(summary.secondSale.unitsFree).toBeGreaterThan(0)
}, 180_000)

test('a list that cannot be read is refused before anything is started', async () => {
  const file = `${folder}/list.csv`
  await writeFile(file, 'A1,未来,RESIDENT\n')
  const { code, stderr } = await minnaken(['demo', '--applications', file], { env })
  expect(code).toBe(2)
  expect(stderr).toContain(':1')
})

test('a demo that is interrupted leaves nothing running', async () => {
  const demo = await startMinnaken(['demo'], { env, until: 'shops accepted' })
  expect(await demo.pressCtrlC()).toBe(3)
  expect(demo.output()).toContain('interrupted')
  await expect(access(`${folder}/postgres/data/postmaster.pid`)).rejects.toThrow('ENOENT')
})
