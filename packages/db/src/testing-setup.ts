import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stopEmbedded } from './embedded.ts'
import { isAlive } from './embedded/server.ts'
import { testFolder } from './testing.ts'

/**
 * Notes that a test run uses the tests' PostgreSQL, and stops it after the last one.
 *
 * PostgreSQL itself is started by the first test that asks for a database, so a run without such
 * tests needs none. A run that was killed is recognised by its process being gone.
 */
export async function setup(): Promise<() => Promise<void>> {
  const runs = join(testFolder, '..', 'test-runs')
  await mkdir(runs, { recursive: true })
  await writeFile(join(runs, String(process.pid)), '')
  return async () => {
    await rm(join(runs, String(process.pid)), { force: true })
    for (const pid of await readdir(runs)) {
      if (isAlive(Number(pid))) return
      await rm(join(runs, pid), { force: true })
    }
    await stopEmbedded(testFolder)
  }
}
