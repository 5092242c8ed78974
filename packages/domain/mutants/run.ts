import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeCopy, removeCopy, removeLeftovers } from './copy.ts'
import { type Law, readLaws } from './laws.ts'
import { mutants } from './list.ts'
import type { Mutant } from './mutant.ts'
import { areRunsOver, endRuns, runTests } from './run-tests.ts'
import { type Control, type Trial, control, trialsOf } from './trials.ts'

/**
 * `npm run mutants [-- L7 …]`: breaks the code in one small way after the other, on copies, and
 * shows that each time a test of the broken law fails. Ends with 1 when a break is not found.
 *
 * The tests of a law are run package by package, those of the break's own package first, and the
 * next package only if they find nothing. Before they are used for the first time they run on the
 * unbroken copy, where every one that the law names has to run and pass. A break counts as found
 * only when one of these very tests ran and failed, not when a file could not be loaded.
 */
const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')
const COPIES = 2

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const secondsSince = (startedAt: number): number =>
  Math.round((performance.now() - startedAt) / 100) / 10

/** What became of a break: the test that found it, or null and what happened instead. */
type Finding = Readonly<{ by: string | null; instead: string }>

const controls = new Map<string, Promise<Control>>()

/** What a trial shows on the unbroken code; run on this copy when nobody has asked before. */
function controlOf(copy: string, trial: Trial): Promise<Control> {
  const known = controls.get(trial.id)
  if (known !== undefined) return known
  const asked = control(copy, trial)
  controls.set(trial.id, asked)
  return asked
}

/** Does something while one text of one file of a copy is replaced. */
async function whileBroken<T>(
  copy: string,
  { file, from, to }: Mutant,
  work: () => Promise<T>,
): Promise<T> {
  const path = join(copy, file)
  const text = await readFile(path, 'utf8')
  if (text.split(from).length !== 2) throw new Error(`${file} does not have once: ${from}`)
  await writeFile(
    path,
    text.replace(from, () => to),
  )
  try {
    return await work()
  } finally {
    await writeFile(path, text)
  }
}

/** Runs the steps of one trial on the broken copy until a test fails. */
const trySteps = (copy: string, mutant: Mutant, { steps }: Control): Promise<Finding> =>
  whileBroken(copy, mutant, async () => {
    let passed = 0
    for (const tests of steps) {
      const outcome = await runTests(copy, tests)
      const [by] = outcome.failed
      if (by !== undefined) return { by, instead: '' }
      passed += outcome.passed.length
    }
    return { by: null, instead: passed === 0 ? 'no test ran' : 'its tests pass' }
  })

async function tryBreak(copy: string, mutant: Mutant, law: Law): Promise<Finding> {
  let finding: Finding = { by: null, instead: 'the law has no tests' }
  for (const trial of trialsOf(law, mutant.file)) {
    const unbroken = await controlOf(copy, trial)
    if (unbroken.faults.length > 0) return { by: null, instead: unbroken.faults.join('; ') }
    finding = await trySteps(copy, mutant, unbroken)
    if (finding.by !== null) break
  }
  return finding
}

type Job = Readonly<{ mutant: Mutant; law: Law }>

function jobsOf(wanted: readonly string[]): readonly Job[] {
  const laws = new Map(readLaws().map((law) => [law.id, law]))
  const unknown = wanted.filter((id) => !laws.has(id))
  if (unknown.length > 0) throw new Error(`no such law: ${unknown.join(', ')}`)
  return mutants
    .filter((mutant) => wanted.length === 0 || wanted.includes(mutant.law))
    .map((mutant) => {
      const law = laws.get(mutant.law)
      if (law === undefined) throw new Error(`a break is of no law: ${mutant.law}`)
      return { mutant, law }
    })
}

/**
 * Tries every break on a copy that is free, and answers how many no test found. A copy takes all
 * breaks of a law in one package, because they are looked for by the same tests.
 */
async function countMissed(jobs: readonly Job[], copies: readonly string[]): Promise<number> {
  const byTrial = Map.groupBy(jobs, ({ mutant, law }) => trialsOf(law, mutant.file)[0]?.id)
  const waiting = [...byTrial.values()]
  const missed: string[] = []
  let done = 0
  const tryOne = async (copy: string, { mutant, law }: Job): Promise<void> => {
    const startedAt = performance.now()
    const { by, instead } = await tryBreak(copy, mutant, law)
    if (areRunsOver()) return
    done += 1
    const line = `${law.id} ${mutant.file}: ${mutant.from.trim().split('\n')[0] ?? ''}`
    say(`[${done}/${jobs.length}] ${by === null ? '✗ NOT FOUND' : '✓'} ${line}`)
    say(`    ${by ?? instead} (${secondsSince(startedAt)} s)`)
    if (by === null) missed.push(line)
  }
  const work = async (copy: string): Promise<void> => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift())
      for (const job of group) await tryOne(copy, job)
  }
  await Promise.all(copies.map(work))
  say(`${done - missed.length} of ${jobs.length} breaks of ${lawsOf(jobs).size} laws found`)
  for (const line of missed) say(`not found: ${line}`)
  return jobs.length - done + missed.length
}

const lawsOf = (jobs: readonly Job[]): ReadonlySet<string> => new Set(jobs.map(({ law }) => law.id))

async function main(): Promise<number> {
  const startedAt = performance.now()
  const jobs = jobsOf(process.argv.slice(2))
  await removeLeftovers()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, endRuns)
  const copies: string[] = []
  try {
    for (let count = 0; count < COPIES; count += 1) copies.push(await makeCopy(root))
    const missed = await countMissed(jobs, copies)
    return areRunsOver() ? 130 : Math.min(missed, 1)
  } finally {
    await Promise.all(copies.map(removeCopy))
    say(`${areRunsOver() ? 'stopped after ' : ''}${secondsSince(startedAt)} s`)
  }
}

process.exitCode = await main()
