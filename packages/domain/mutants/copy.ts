import { chmod, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { stopEmbedded } from '@minnaken/db'

const PREFIX = 'minnaken-mutants-'
const leftOut = new Set(['node_modules', '.git', '.data', '.ci'])
/** A web app that is being built: its builder moves it away. */
const draft = /^dist\.\d+/

const isTaken = (name: string): boolean => !leftOut.has(name) && !draft.test(name)

/**
 * A copy of the repository that can be broken: its own files, its own `@minnaken/*`, its own
 * PostgreSQL for tests, and the libraries of the original.
 *
 * Its PostgreSQL is started by the first test that needs it and runs until `removeCopy`, because
 * this process is noted as a test run that has not ended.
 */
export async function makeCopy(root: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  // PostgreSQL does not run as root: its user has to get through.
  await chmod(copy, 0o755)
  await cp(root, copy, { recursive: true, filter: (from) => isTaken(basename(from)) })
  const modules = join(copy, 'node_modules')
  await mkdir(modules)
  for (const name of await readdir(join(root, 'node_modules')))
    if (name !== '@minnaken' && (name === '.bin' || !name.startsWith('.')))
      await symlink(join(root, 'node_modules', name), join(modules, name))
  // They lead to the copy's own packages, because they are relative.
  const own = join('node_modules', '@minnaken')
  await cp(join(root, own), join(copy, own), { recursive: true, verbatimSymlinks: true })
  await mkdir(join(copy, '.data/test-runs'), { recursive: true })
  await writeFile(join(copy, '.data/test-runs', String(process.pid)), '')
  return copy
}

/** Stops the copy's PostgreSQL and removes the copy. */
export async function removeCopy(copy: string): Promise<void> {
  await stopEmbedded(join(copy, '.data/test'))
  await rm(copy, { recursive: true, force: true, maxRetries: 3 })
}

/** Removes the copies of earlier runs that were killed. */
export async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir()))
    if (name.startsWith(PREFIX) && !isAlive(Number(name.slice(PREFIX.length).split('-')[0])))
      await removeCopy(join(tmpdir(), name))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
