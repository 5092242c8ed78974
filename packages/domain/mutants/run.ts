import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeCopy, removeCopy, removeLeftovers } from './copy.ts'
import { type Law, type NamedTest, readLaws } from './laws.ts'
import { mutants } from './list.ts'
import type { Mutant } from './mutant.ts'
import { areRunsOver, endRuns, notAmong, runTests } from './run-tests.ts'

/**
 * `npm run mutants [-- L7 …]`: breaks the code in one small way after the other, on copies, and
 * shows that each time a test of the broken law fails. Ends with 1 when a break is not found.
 *
 * First the tests of each law run on the unbroken copy, package by package, and every one that the
 * law names has to run and pass. A break is tried by the same runs, those of its own package first;
 * it counts as found only when one of these very tests ran and failed, not when a file could not be
 * loaded.
 */
const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')
const COPIES = 2

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const secondsSince = (startedAt: number): number =>
  Math.round((performance.now() - startedAt) / 100) / 10

/** Hands the jobs out to the copies, each as soon as a copy is free, until the runs are over. */
async function share<Job>(
  jobs: readonly Job[],
  copies: readonly string[],
  work: (copy: string, job: Job) => Promise<void>,
): Promise<void> {
  const waiting = [...jobs]
  await Promise.all(
    copies.map(async (copy) => {
      for (let job = waiting.shift(); job !== undefined && !areRunsOver(); job = waiting.shift())
        await work(copy, job)
    }),
  )
}

const packageOf = (file: string): string => file.split('/').slice(0, 2).join('/')

/** A law's tests by package, those of the package of `file` first: they find its breaks soonest. */
function trialsOf({ heldBy }: Law, file = ''): readonly (readonly NamedTest[])[] {
  const trials = Map.groupBy(heldBy, (test) => packageOf(test.file))
  const near = packageOf(file)
  return [...trials]
    .toSorted(([a], [b]) => Number(b === near) - Number(a === near))
    .map(([, tests]) => tests)
}

/** Why tests show nothing on the unbroken copy; empty when all of them run and pass. */
async function faultsOf(copy: string, trial: readonly NamedTest[]): Promise<string[]> {
  const { passed, failed } = await runTests(copy, trial)
  if (failed.length > 0) return failed.map((test) => `fails unbroken: ${test}`)
  return notAmong(trial, passed).map(({ file, name }) => `did not run: ${file} › ${name}`)
}

/** The test that finds a break, or null and what happened instead. */
async function findBreak(
  copy: string,
  trials: readonly (readonly NamedTest[])[],
): Promise<Readonly<{ by: string | null; instead: string }>> {
  let ran = 0
  for (const trial of trials) {
    const { passed, failed } = await runTests(copy, trial)
    const [by] = failed
    if (by !== undefined) return { by, instead: '' }
    ran += passed.length
  }
  return { by: null, instead: ran === 0 ? 'no test ran' : `all ${ran} tests pass` }
}

async function tryBreak(copy: string, { file, from, to }: Mutant, law: Law) {
  const path = join(copy, file)
  const text = await readFile(path, 'utf8')
  if (text.split(from).length !== 2) return { by: null, instead: 'its text is not there once' }
  await writeFile(
    path,
    text.replace(from, () => to),
  )
  try {
    return await findBreak(copy, trialsOf(law, file))
  } finally {
    await writeFile(path, text)
  }
}

type Plan = Readonly<{ laws: ReadonlyMap<string, Law>; chosen: readonly Mutant[] }>

function planFor(wanted: readonly string[]): Plan {
  const laws = new Map(readLaws().map((law) => [law.id, law]))
  const unknown = wanted.filter((id) => !laws.has(id))
  if (unknown.length > 0) throw new Error(`no such law: ${unknown.join(', ')}`)
  const chosen = mutants.filter(({ law }) => wanted.length === 0 || wanted.includes(law))
  const lawless = chosen.filter(({ law }) => !laws.has(law))
  if (lawless.length > 0) throw new Error(`a break is of no law: ${lawless[0]?.law ?? ''}`)
  return { laws, chosen }
}

const lawOf = ({ laws }: Plan, id: string): Law => laws.get(id) ?? { id, title: '', heldBy: [] }

async function isSoundUnbroken(plan: Plan, copies: readonly string[]): Promise<boolean> {
  const ids = [...new Set(plan.chosen.map(({ law }) => law))]
  const trials = ids.flatMap((id) => trialsOf(lawOf(plan, id)).map((trial) => ({ id, trial })))
  let done = 0
  let faults = 0
  await share(trials, copies, async (copy, { id, trial }) => {
    const own = await faultsOf(copy, trial)
    if (areRunsOver()) return
    done += 1
    faults += own.length
    for (const fault of own) say(`✗ ${id} ${fault}`)
    if (done % 10 === 0) say(`unbroken: ${done} of ${trials.length} runs`)
  })
  const tests = trials.reduce((sum, { trial }) => sum + trial.length, 0)
  say(`unbroken: ${tests} tests of ${ids.length} laws, ${faults} do not pass`)
  return faults === 0
}

async function countMissed(plan: Plan, copies: readonly string[]): Promise<number> {
  const { chosen } = plan
  let done = 0
  const missed: string[] = []
  await share(chosen, copies, async (copy, mutant) => {
    const startedAt = performance.now()
    const { by, instead } = await tryBreak(copy, mutant, lawOf(plan, mutant.law))
    if (areRunsOver()) return
    const line = `${mutant.law} ${mutant.file}: ${mutant.from.trim().split('\n')[0] ?? ''}`
    done += 1
    say(`[${done}/${chosen.length}] ${by === null ? '✗ NOT FOUND' : '✓'} ${line}`)
    say(`    ${by ?? instead} (${secondsSince(startedAt)} s)`)
    if (by === null) missed.push(line)
  })
  say(`${done - missed.length} of ${chosen.length} breaks found`)
  for (const line of missed) say(`not found: ${line}`)
  return missed.length
}

async function main(): Promise<number> {
  const startedAt = performance.now()
  const plan = planFor(process.argv.slice(2))
  await removeLeftovers()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, endRuns)
  const copies: string[] = []
  try {
    for (let count = 0; count < COPIES; count += 1) copies.push(await makeCopy(root))
    const isSound = await isSoundUnbroken(plan, copies)
    const missed = isSound && !areRunsOver() ? await countMissed(plan, copies) : 1
    return areRunsOver() ? 130 : Math.min(missed, 1)
  } finally {
    await Promise.all(copies.map(removeCopy))
    say(`${areRunsOver() ? 'stopped after ' : ''}${secondsSince(startedAt)} s`)
  }
}

process.exitCode = await main()
