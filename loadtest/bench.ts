import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { K6Missing, findK6, findOrBuildK6 } from './rig/k6.ts'
import { describeMachine } from './rig/machine.ts'
import { Interrupted, RigTaken, benchFolder, platformFlags, withRig } from './rig/rig.ts'
import { FlagError, type Flags, type Scenario, readFlags } from './rig/scenario.ts'
import { topStatements } from './rig/statements.ts'
import { writeReport } from './report/write.ts'
import { scenarios } from './scenarios/index.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const resultsFolder = join(folder, 'results')

const commandFlags = {
  save: { otherwise: false, explains: 'keep the result in loadtest/results' },
  as: { otherwise: '', explains: 'under another name than that of the scenario' },
} as const satisfies Flags

/** What a run may end with that is nobody's fault: its message says all. */
const expected = [K6Missing, Interrupted, RigTaken]

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

async function main(args: readonly string[]): Promise<number> {
  const [name = '--list', ...rest] = args
  if (name === '--list' || name === '--help') return list()
  if (name === 'report') return report()
  const scenario = scenarios.find((each) => each.name === name)
  if (scenario === undefined) {
    say(`there is no scenario ${name}; npm run bench -- --list explains each`)
    return 2
  }
  try {
    return await runScenario(scenario, rest)
  } catch (error) {
    if (error instanceof FlagError)
      say(`${error.message}; npm run bench -- --list explains each flag`)
    else if (expected.some((kind) => error instanceof kind)) say((error as Error).message)
    else throw error
    return 2
  }
}

async function runScenario(scenario: Scenario, args: readonly string[]): Promise<number> {
  const flags = { ...platformFlags, ...commandFlags, ...scenario.flags }
  const values = readFlags(flags, args)
  const command = ['npm run bench --', scenario.name, ...args].join(' ')
  if (scenario.needsK6 === true) await findOrBuildK6(say)
  const startedAt = new Date().toISOString()
  const { outcome, ...measured } = await withRig({ values, say }, async (rig) => ({
    machine: await describeMachine(rig.platform.ownerUrl),
    dataset: {
      wallets: rig.seeded.wallets.length,
      keyPairs: rig.seeded.keys.length,
      tills: rig.seeded.tills.length,
      earlierRedemptions: rig.seeded.history,
      buckets: values.buckets,
    },
    outcome: await scenario.run(rig, values),
    ...(values.explain ? { statements: await topStatements(rig.platform.ownerUrl) } : {}),
  }))
  const k6 = await findK6()
  const result = {
    scenario: scenario.name,
    startedAt,
    command,
    values,
    ...measured,
    k6,
    ...outcome,
  }
  const file = join(benchFolder, `${scenario.name}.json`)
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`)
  say(`${scenario.name} ${outcome.passed ? 'passed' : 'FAILED'}: ${outcome.line}`)
  if (!outcome.passed) say(`see ${file}`)
  if (values.save) {
    await mkdir(resultsFolder, { recursive: true })
    const name = values.as === '' ? scenario.name : values.as
    await copyFile(file, join(resultsFolder, `${name}.json`))
  }
  return outcome.passed ? 0 : 1
}

async function report(): Promise<number> {
  for (const file of await writeReport(folder)) say(file)
  return 0
}

function list(): number {
  say('npm run bench -- SCENARIO [--flag value …]')
  say('npm run bench -- report    writes RESULTS.md and the charts from loadtest/results\n')
  for (const { name, explains, flags } of scenarios) {
    say(`${name}\n    ${explains}`)
    sayFlags(flags)
  }
  say('\nFor every scenario:')
  sayFlags({ ...platformFlags, ...commandFlags })
  return 0
}

function sayFlags(flags: Flags): void {
  for (const [name, { otherwise, explains }] of Object.entries(flags))
    say(`    --${name.padEnd(12)} ${explains} (${String(otherwise)})`)
}

process.exitCode = await main(process.argv.slice(2))
