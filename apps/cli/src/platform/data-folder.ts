import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout that this command belongs to. */
export const projectFolder = fileURLToPath(new URL('../../../..', import.meta.url))

/** Everything that is not in git: the database, keys of invented accounts, what the demo wrote. */
export const dataFolder = process.env['MINNAKEN_DATA'] ?? join(projectFolder, '.data')

/** Reads a JSON file of the data folder, or null when there is none yet. */
export async function readKept(name: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(dataFolder, name), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Keeps a JSON file that holds keys: readable by its owner only. */
export async function keep(name: string, value: unknown): Promise<void> {
  const file = join(dataFolder, name)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
}

/** The secret from which the service roles' passwords follow; made at the first start. */
export async function platformSecret(): Promise<string> {
  const file = join(dataFolder, 'secret')
  await mkdir(dataFolder, { recursive: true })
  try {
    await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFile(file, 'utf8')
}
