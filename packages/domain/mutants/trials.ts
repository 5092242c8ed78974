import type { Law, NamedTest } from './laws.ts'
import { notAmong, runTests } from './run-tests.ts'

/** The tests of one law in one package: what is run together to look for a break. */
export type Trial = Readonly<{ id: string; tests: readonly NamedTest[] }>

/** `packages/http`, `apps/cli`, or `loadtest` with all its folders. */
const packageOf = (file: string): string =>
  file.startsWith('loadtest/') ? 'loadtest' : file.split('/').slice(0, 2).join('/')

/** A law's tests by package, those of the package of `file` first: they find its breaks soonest. */
export function trialsOf({ id, heldBy }: Law, file: string): readonly Trial[] {
  const near = packageOf(file)
  const byPackage = Map.groupBy(heldBy, (test) => packageOf(test.file))
  return [...byPackage]
    .toSorted(([a], [b]) => Number(b === near) - Number(a === near))
    .map(([name, tests]) => ({ id: `${id} ${name}`, tests }))
}

/** What the tests of a trial show on the unbroken copy. */
export type Control = Readonly<{
  /** Tests that do not pass or do not run; with any, the trial can show nothing. */
  faults: readonly string[]
  /** The tests in the order in which a break is looked for: quick files at once, then each slow one. */
  steps: readonly (readonly NamedTest[])[]
}>

const SLOW_MS = 4_000

/** Runs a trial on an unbroken copy. A machine may be busy: what fails twice is broken. */
export async function control(copy: string, { tests }: Trial): Promise<Control> {
  const { passed, failed, msOf } = await runTests(copy, tests, { retry: 1 })
  const missing = failed.length > 0 ? [] : notAmong(tests, passed)
  const faults = [
    ...failed.map((test) => `fails unbroken: ${test}`),
    ...missing.map(({ file, name }) => `did not run: ${file} › ${name}`),
  ]
  const isSlow = (file: string): boolean => (msOf.get(file) ?? 0) > SLOW_MS
  const quick = tests.filter(({ file }) => !isSlow(file))
  const slow = Map.groupBy(
    tests.filter(({ file }) => isSlow(file)),
    ({ file }) => file,
  )
  return { faults, steps: [...(quick.length > 0 ? [quick] : []), ...slow.values()] }
}
