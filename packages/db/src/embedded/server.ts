import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { open, readFile, readlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import type { RunAs } from './run-as.ts'

const run = promisify(execFile)

/** Runs one of PostgreSQL's own programs as the server's user. Throws with what it printed. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { user, cwd }: Readonly<{ user: RunAs; cwd: string }>,
): Promise<void> {
  const env = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' }
  try {
    await run(program, args, { ...user, cwd, env })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error([(error as Error).message, stdout, stderr].join('\n').trim(), { cause: error })
  }
}

/** A server as its `postmaster.pid` describes it. */
export type RunningServer = Readonly<{ pid: number; port: number; ready: boolean }>

/**
 * The server that runs on a data folder, or undefined.
 *
 * A process number in the file is no proof: after a crash or in a restarted container another
 * process may have it, or a dead one that nobody has buried. Where the system tells (Linux), the
 * process must be alive and work in that folder. If it does not, the file is marked as left over,
 * since PostgreSQL itself would refuse to start.
 */
export async function runningServer(data: string): Promise<RunningServer | undefined> {
  const file = `${data}/postmaster.pid`
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid < 1 || !isAlive(pid)) return undefined
  if (await isSomethingElse(pid, data)) {
    await markLeftOver(file, text)
    return undefined
  }
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

async function isSomethingElse(pid: number, data: string): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  if (/^State:\s+[ZX]/m.test(status)) return true
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => data)
  return workingFolder !== data
}

/** A number that no process can have. */
const NO_PROCESS = '2147483647'

/**
 * Takes the process number out of a left-over file and keeps the rest, by which PostgreSQL makes
 * sure that no process of the old server still writes. If another starter was faster, its new file
 * is another one than the one opened here, and stays as it is.
 */
async function markLeftOver(path: string, text: string): Promise<void> {
  const file = await open(path, 'r+').catch(() => undefined)
  if (file === undefined) return
  try {
    if ((await file.readFile('utf8')) === text)
      await file.write(text.replace(/^\d+/, NO_PROCESS), 0)
  } finally {
    await file.close()
  }
}

/** Whether a process of ours has that number; one that we may not signal is somebody else's. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A port on the loopback that nothing listens on, outside the range that systems hand out. */
export async function freePort(wished: number | undefined): Promise<number> {
  if (wished !== undefined && (await isFree(wished))) return wished
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(20_000, 30_000)
    if (await isFree(port)) return port
  }
  throw new Error('no free port between 20000 and 30000')
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
