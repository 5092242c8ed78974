import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ownerPool } from './database.ts'

const run = promisify(execFile)

/** What a number was measured on. */
export type Machine = Readonly<{
  cores: number
  processor: string
  memoryGb: number
  kernel: string
  node: string
  postgres: string
  commit: string
  /** The settings of PostgreSQL that somebody chose. */
  settings: Readonly<Record<string, string>>
}>

/** Describes the machine and the database that a run is measured on. */
export async function describeMachine(ownerUrl: string): Promise<Machine> {
  return {
    cores: availableParallelism(),
    processor: await processorName(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    commit: await commitName(repository),
    ...(await ownerPool(ownerUrl, async (pool) => {
      const version = await pool.query<{ server_version: string }>('show server_version')
      const chosen = await pool.query<{ name: string; value: string }>(
        `select name, current_setting(name) as value from pg_settings
         where source = 'configuration file' and name not like '%password%' order by name`,
      )
      return {
        postgres: version.rows[0]?.server_version ?? '',
        settings: Object.fromEntries(chosen.rows.map(({ name, value }) => [name, value])),
      }
    })),
  }
}

/** Some machines name their processor to nobody: then what the kernel says of it. */
async function processorName(): Promise<string> {
  const [first] = cpus()
  const named = first?.model.trim() ?? ''
  if (named !== '' && named !== 'unknown') return named
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => '')
  return /^(?:model name|CPU part)\s*:\s*(.+)$/m.exec(text)?.[1] ?? 'unknown'
}

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** What a run writes down itself: it would make every run after the first one dirty. */
const written = [':(exclude)loadtest/results', ':(exclude)loadtest/RESULTS.md']

/** The commit that was measured, with `-dirty` when what git keeps of it was changed. */
export async function commitName(folder: string): Promise<string> {
  const git = (...args: string[]) => run('git', args, { cwd: folder })
  try {
    const { stdout } = await git('rev-parse', '--short=10', 'HEAD')
    const changed = await git('diff', '--name-only', 'HEAD', '--', '.', ...written)
    return `${stdout.trim()}${changed.stdout === '' ? '' : '-dirty'}`
  } catch {
    return 'unknown'
  }
}
