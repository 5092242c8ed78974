import { createHmac, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout that this command belongs to. */
export const projectFolder = fileURLToPath(new URL('../../../..', import.meta.url))

/** Everything that is not in git: the database, keys of invented accounts, what the demo wrote. */
export const dataFolder = process.env['MINNAKEN_DATA'] ?? join(projectFolder, '.data')

const textOf = (name: string): Promise<string | null> =>
  readFile(join(dataFolder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })

/** Reads a JSON file of the data folder, or null when there is none yet. */
export async function readKept(name: string): Promise<unknown> {
  const text = await textOf(name)
  return text === null ? null : JSON.parse(text)
}

/** Keeps a JSON file that holds keys: readable by its owner only, and never half written. */
export async function keep(name: string, value: unknown): Promise<void> {
  const file = join(dataFolder, name)
  const draft = `${file}.${randomBytes(4).toString('hex')}`
  await mkdir(dirname(file), { recursive: true })
  await writeFile(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, file)
}

/** The secret from which the service roles' passwords follow, or null before the first start. */
export const readSecret = (): Promise<string | null> => textOf('secret')

/** The same; made at the first start. */
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

/** A secret of the services' own for one purpose, the same at every start of this installation. */
export const secretFor = async (purpose: string): Promise<string> =>
  createHmac('sha256', await platformSecret())
    .update(`minnaken ${purpose}`)
    .digest('base64url')
