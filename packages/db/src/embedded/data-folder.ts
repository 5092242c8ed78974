import { randomBytes } from 'node:crypto'
import { chown, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunAs } from './run-as.ts'

/** What lies in the folder of an embedded server. Only its user may read any of it. */
export const pathsIn = (folder: string) => ({
  data: join(folder, 'data'),
  log: join(folder, 'server.log'),
  password: join(folder, 'password'),
  port: join(folder, 'port'),
})

/** Makes the folder, belonging to the user whom the server runs as. */
export async function makeFolder(folder: string, user: RunAs): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    if (user !== undefined) await chown(folder, user.uid, user.gid)
  } catch (error) {
    throw new Error(`${folder} cannot be made (${(error as Error).message})`, { cause: error })
  }
}

/** Writes a file that only the user can read, whole or not at all. */
export async function writePrivately(path: string, text: string, user: RunAs): Promise<void> {
  const draft = await writeDraft(path, text, user)
  await rename(draft, path)
}

/** The file's text; written first if there is none. Of several writers at once, one wins. */
export async function readOrWritePrivately(
  path: string,
  text: string,
  user: RunAs,
): Promise<string> {
  const present = await readIfPresent(path)
  if (present !== undefined) return present
  const draft = await writeDraft(path, text, user)
  try {
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
  return readFile(path, 'utf8')
}

/** The file's text, or undefined when there is none. Throws, in words, when it may not be read. */
export async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Error(
      `${path} cannot be read: run as the user who made it (${(error as Error).message})`,
      { cause: error },
    )
  }
}

async function writeDraft(path: string, text: string, user: RunAs): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' })
  if (user !== undefined) await chown(draft, user.uid, user.gid)
  return draft
}
