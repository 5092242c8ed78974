import { execFile, spawn } from 'node:child_process'
import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Leftovers, leaveToOthers } from './placement.ts'
import type { Wire } from './wire.ts'

const run = promisify(execFile)
const MODULE = 'go.k6.io/k6@v1.8.1'
const toolsFolder = fileURLToPath(new URL('../../.data/tools', import.meta.url))

/** There is no k6, and none could be built; the message says why and what to do. */
export class K6Missing extends Error {
  constructor(cause?: Error) {
    super(
      [
        ...(cause === undefined ? [] : [`go install: ${cause.message}`]),
        'k6 が見つかりません / k6 is not here. Any of these three:',
        `  1. Go 1.24 以上 / or newer:  GOBIN="$PWD/.data/tools" go install ${MODULE}`,
        '  2. Homebrew:  brew install k6',
        '  3. the packages of its maker:  https://grafana.com/docs/k6/latest/set-up/install-k6/',
        '置いた場所は K6 でも指定できます / K6=/path/to/k6 names one that is elsewhere.',
      ].join('\n'),
      { cause },
    )
  }
}

/** Where k6 is: $K6, the PATH, then .data/tools; null when it is nowhere. */
export async function findK6(env: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  const named = env['K6'] ?? ''
  if (named !== '') return (await isProgramme(named)) ? named : null
  const folders = [...(env['PATH'] ?? '').split(delimiter), toolsFolder]
  for (const folder of folders) {
    const path = join(folder, 'k6')
    if (folder !== '' && (await isProgramme(path))) return path
  }
  return null
}

/** The same, building it with Go when there is none. Throws K6Missing when that fails too. */
export async function findOrBuildK6(say: (line: string) => void): Promise<string> {
  const found = await findK6()
  if (found !== null) return found
  if ((process.env['K6'] ?? '') !== '') throw new K6Missing()
  const hasGo = await run('go', ['version']).then(
    () => true,
    () => false,
  )
  if (!hasGo) throw new K6Missing()
  say(`k6 is not here: building ${MODULE} with Go into .data/tools (a minute or two, once)`)
  await mkdir(toolsFolder, { recursive: true })
  const env = { ...process.env, GOBIN: toolsFolder }
  await run('go', ['install', MODULE], { env }).catch((error: unknown) => {
    throw new K6Missing(error instanceof Error ? error : undefined)
  })
  return join(toolsFolder, 'k6')
}

const isProgramme = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )

/** How k6 ended: an unmet threshold is a number that is not good enough, not a failure to run. */
export type K6Run = Readonly<{
  thresholdsMet: boolean
  /** The metrics of k6's own summary, by name. */
  metrics: Readonly<Record<string, K6Metric>>
  journalFile: string
  /** How it takes only what everybody else leaves; null when it takes its share. */
  leftovers: Leftovers | null
}>

type K6Metric = Readonly<{ values: Readonly<Record<string, number>> }>

const THRESHOLDS_UNMET = 99

/**
 * Runs a script of `loadtest/k6` in a process of its own. Its journal is what it writes with
 * `console.log`; it needs `export { handleSummary } from './summary.ts'`.
 */
export async function runK6(
  of: Readonly<{
    k6: string
    script: string
    folder: string
    name: string
    env: Readonly<Record<string, string>>
    /** Takes only what everybody else of the machine leaves. */
    isLast?: boolean | undefined
  }>,
): Promise<K6Run> {
  const script = fileURLToPath(new URL(`../k6/${of.script}`, import.meta.url))
  const journalFile = join(of.folder, `${of.name}.journal`)
  const summaryFile = join(of.folder, `${of.name}.summary.json`)
  await writeFile(journalFile, '')
  const args = [
    'run',
    '--no-usage-report',
    '--quiet',
    '--no-color',
    '--log-format',
    'raw',
    '--log-output',
    `file=${journalFile},level=info`,
    script,
  ]
  const child = spawn(of.k6, args, {
    env: {
      PATH: process.env['PATH'],
      HOME: of.folder,
      // What it spends on clearing up is missing where it is to send.
      GOGC: '800',
      SUMMARY_FILE: summaryFile,
      ...of.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const isLast = child.pid !== undefined && of.isLast === true
  const leftovers = isLast ? leaveToOthers(child.pid) : null
  // Whoever ends the rig ends its client too.
  const endIt = (): boolean => child.kill()
  process.once('exit', endIt)
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => said.push(bytes.toString()))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  process.off('exit', endIt)
  if (code !== 0 && code !== THRESHOLDS_UNMET) {
    const log = (await readFile(journalFile, 'utf8')).slice(-2_000)
    throw new Error(`k6 ended with ${code}:\n${said.join('').slice(-2_000)}\n${log}`)
  }
  const summary = JSON.parse(await readFile(summaryFile, 'utf8')) as Pick<K6Run, 'metrics'>
  return { thresholdsMet: code === 0, metrics: summary.metrics, journalFile, leftovers }
}

/** Writes what a script sends: `by<TAB>secret<TAB>body` for each payment, for `k6/payments.ts`. */
export const writePayments = (file: string, wires: readonly Wire[]): Promise<void> =>
  writeFile(file, wires.map(({ by, secret, body }) => `${by}\t${secret}\t${body}`).join('\n'))
