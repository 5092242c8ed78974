import { spawn } from 'node:child_process'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stopEmbedded } from '../src/embedded.ts'

/** A place for servers of a test file's own, which may be killed without harm to other tests. */
export type Place = Readonly<{ folder: (name: string) => string; remove: () => Promise<void> }>

/** `mode` 0755 lets the server's user in; `uid` is whom the place belongs to. */
export async function makePlace(given: { mode?: number; uid?: number } = {}): Promise<Place> {
  const place = await mkdtemp(join(tmpdir(), 'minnaken-'))
  await chmod(place, given.mode ?? 0o755)
  if (given.uid !== undefined) await chown(place, given.uid, given.uid)
  const folders = new Set<string>()
  return {
    folder: (name) => {
      folders.add(join(place, name))
      return join(place, name)
    },
    remove: async () => {
      await Promise.all([...folders].map((folder) => stopEmbedded(folder)))
      await rm(place, { recursive: true, force: true })
    },
  }
}

export type Answer = Readonly<{ url: string; attached: boolean; error: string }>

/** Starts a server on the folder from a process of its own, which ends at once and leaves it running. */
export const startFromProcess = (folder: string, uid?: number): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL('start-server.ts', import.meta.url))
    const user = uid === undefined ? {} : { uid, gid: uid }
    const child = spawn(process.execPath, [script, folder], { ...user, cwd: '/' })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('close', () => {
      const answer = output.split('\n').find((line) => line.startsWith('{'))
      if (answer === undefined) reject(new Error(`no answer from ${script}: ${output}`))
      else resolve(JSON.parse(answer) as Answer)
    })
  })
