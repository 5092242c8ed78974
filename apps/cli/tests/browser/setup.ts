import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { anyPorts } from '../_platform.ts'
import { ProgramsMissing, findPrograms, isCi } from './_programs.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the process listens that has the platform of the browser tests. */
    browserStage: string
  }
}

const script = fileURLToPath(new URL('platform-process.ts', import.meta.url))
/** Has the services' logs; they stay, to be read when a test has failed. */
const folder = fileURLToPath(new URL('../../../../.data/browser/', import.meta.url))

/** One platform for all browser tests. It costs nothing until the first of them asks for it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const programs = await findPrograms()
  if (programs instanceof ProgramsMissing && !isCi) process.stderr.write(`${programs.message}\n`)
  await mkdir(folder, { recursive: true })
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, MINNAKEN_DATA: folder, ...(await anyPorts()) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const port = await portOf(child)
  project.provide('browserStage', `http://127.0.0.1:${port}`)
  return async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    if (child.connected) child.disconnect()
    await ended
  }
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', ({ port }: { port: number }) => resolve(port))
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)))
  })
}
