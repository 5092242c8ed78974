import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type NamedTest, titleOf } from './laws.ts'

/** What became of the named tests. One that could not be loaded is in neither list. */
export type Outcome = Readonly<{
  passed: readonly string[]
  failed: readonly string[]
  /** How long each file took. */
  msOf: ReadonlyMap<string, number>
}>

const nothing: Outcome = { passed: [], failed: [], msOf: new Map() }

const RUN_MS_MAX = 180_000

const running = new Set<ChildProcess>()
let isOver = false

/** Ends all test runs at once, with every process that they started. No other starts after it. */
export function endRuns(): void {
  isOver = true
  for (const { pid } of running) if (pid !== undefined) endGroup(pid)
}

export const areRunsOver = (): boolean => isOver

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

type Report = {
  testResults: {
    name: string
    startTime: number
    endTime: number
    assertionResults: { status: string; title: string }[]
  }[]
}

/**
 * Runs the named tests in a copy and no others, until the first one fails.
 *
 * Everything is told by `file › title`. A run that takes longer than three minutes is ended and
 * counts as nothing, like one after `endRuns`.
 */
export async function runTests(
  copy: string,
  tests: readonly NamedTest[],
  { retry = 0 }: Readonly<{ retry?: number }> = {},
): Promise<Outcome> {
  if (isOver) return nothing
  const report = join(copy, '.data/report.json')
  await rm(report, { force: true })
  const names = [...new Set(tests.map(({ name }) => titleOf(name)))]
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs')
  const args = ['run', ...new Set(tests.map(({ file }) => file))]
  args.push('--testNamePattern', `(?:^|\\s)(?:${names.join('|')})$`)
  args.push('--bail=1', `--retry=${retry}`, '--reporter=json', `--outputFile=${report}`)
  const child = spawn(process.execPath, [vitest, ...args], {
    cwd: copy,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: 'ignore',
    detached: true,
  })
  running.add(child)
  const timer = setTimeout(() => {
    if (child.pid !== undefined) endGroup(child.pid)
  }, RUN_MS_MAX)
  await new Promise((resolve) => child.once('exit', resolve))
  clearTimeout(timer)
  running.delete(child)
  const text = await readFile(report, 'utf8').catch(() => null)
  return text === null ? nothing : outcomeOf(JSON.parse(text), { copy, tests })
}

function outcomeOf(
  { testResults }: Report,
  { copy, tests }: Readonly<{ copy: string; tests: readonly NamedTest[] }>,
): Outcome {
  const titlesWith = (wanted: string): string[] =>
    testResults.flatMap(({ name, assertionResults }) => {
      const file = name.slice(copy.length + 1)
      return assertionResults
        .filter(({ status, title }) => status === wanted && isNamed({ file, title }, tests))
        .map(({ title }) => `${file} › ${title}`)
    })
  const msOf = new Map(
    testResults.map((file) => [file.name.slice(copy.length + 1), file.endTime - file.startTime]),
  )
  return { passed: titlesWith('passed'), failed: titlesWith('failed'), msOf }
}

const isNamed = (
  { file, title }: Readonly<{ file: string; title: string }>,
  tests: readonly NamedTest[],
): boolean =>
  tests.some((test) => test.file === file && new RegExp(`^${titleOf(test.name)}$`).test(title))

/** The named tests of which no run is among these. */
export const notAmong = (
  tests: readonly NamedTest[],
  ran: readonly string[],
): readonly NamedTest[] =>
  tests.filter(({ file, name }) => {
    const shape = new RegExp(`^${titleOf(`${file} › `)}${titleOf(name)}$`)
    return !ran.some((each) => shape.test(each))
  })
