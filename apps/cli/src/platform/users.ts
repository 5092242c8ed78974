import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { PlatformError } from '../command.ts'
import { dataFolder } from './data-folder.ts'

/** A command that works on the data folder, as the name of its file tells. */
type User = Readonly<{ file: string; pid: number; what: string }>

const folder = join(dataFolder, 'users')
const LEAVING = 'leaving'
const WAITING_MS = 90_000

/**
 * Does the work as one of those who use the data folder, and `last` after it when nobody else does.
 *
 * Each has a file there, named by its process. Whoever leaves first says so by renaming it, then
 * looks who is left; whoever comes writes its file first, then waits for those who are leaving. So
 * nobody is let in while the last one stops PostgreSQL. The file of a process that was killed
 * counts for nothing. With `alone` a second one of the same kind is refused.
 */
export async function asUser<T>(
  { what, alone, last }: Readonly<{ what: string; alone: boolean; last: () => Promise<void> }>,
  work: () => Promise<T>,
): Promise<T> {
  const own = await writeOwn(what)
  try {
    if (alone) await assertOnlyOne(what)
    await nobodyLeaves()
    return await work()
  } finally {
    const leaving = await renamed(own)
    try {
      if ((await others()).length === 0) await last()
    } finally {
      await rm(join(folder, leaving), { force: true })
    }
  }
}

/** Does the work while nobody uses the data folder. Throws when somebody does. */
export async function withoutUsers<T>(work: () => Promise<T>): Promise<T> {
  const own = await writeOwn(LEAVING)
  try {
    const [user] = await others()
    if (user !== undefined)
      throw new PlatformError(
        `minnaken ${user.what} が動いています (プロセス ${user.pid})。先に止めてください / is running (process ${user.pid}): stop it first`,
      )
    return await work()
  } finally {
    await rm(join(folder, own), { force: true })
  }
}

async function writeOwn(what: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const own = `${process.pid}.${await bornAt(process.pid)}.${what}`
  await writeFile(join(folder, own), '')
  return own
}

async function renamed(own: string): Promise<string> {
  const leaving = own.replace(/[^.]+$/, LEAVING)
  await rename(join(folder, own), join(folder, leaving))
  return leaving
}

async function assertOnlyOne(what: string): Promise<void> {
  const other = (await others()).find((user) => user.what === what)
  if (other !== undefined)
    throw new PlatformError(
      `minnaken ${what} はもう動いています (プロセス ${other.pid}) / is running already (process ${other.pid})`,
    )
}

/** Those who use the folder besides this process and those who are about to leave. */
const others = async (): Promise<User[]> =>
  (await users()).filter(({ pid, what }) => pid !== process.pid && what !== LEAVING)

async function nobodyLeaves(): Promise<void> {
  const giveUpAt = Date.now() + WAITING_MS
  while ((await users()).some(({ pid, what }) => pid !== process.pid && what === LEAVING)) {
    if (Date.now() > giveUpAt) throw new Error(`${folder}: somebody leaves and does not end`)
    await wait(50)
  }
}

async function users(): Promise<User[]> {
  const found: User[] = []
  for (const file of await readdir(folder)) {
    const [, pid = '', born, what = ''] = /^(\d+)\.(\d+)\.([a-z-]+)$/.exec(file) ?? []
    if (pid !== '' && (await bornAt(Number(pid))) === born)
      found.push({ file, pid: Number(pid), what })
    else await rm(join(folder, file), { force: true })
  }
  return found
}

/**
 * When a process began, in the machine's own count, so that a number that was given out again is
 * not taken for the one before; '0' where the system does not tell, null when there is none.
 */
async function bornAt(pid: number): Promise<string | null> {
  try {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8')
    const facts = status.slice(status.lastIndexOf(')') + 2).split(' ')
    return facts[0] === 'Z' ? null : (facts[19] ?? '0')
  } catch {
    return isThere(pid) ? '0' : null
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
