import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type Ended = Readonly<{ code: number | null; stdout: string; stderr: string }>

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** Runs `minnaken` as a person would, in a process of its own. */
export function minnaken(
  args: readonly string[],
  { env = {}, stdin = '' }: Readonly<{ env?: NodeJS.ProcessEnv; stdin?: string }> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...env } })
  return new Promise((resolve) => {
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.once('close', (code) => resolve({ code, stdout, stderr }))
    child.stdin.end(stdin)
  })
}

/**
 * Starts a command that runs until it is told to stop; resolves when it has said `until`.
 * It has a process group of its own, as in a terminal, for `pressCtrlC`.
 */
export async function startMinnaken(
  args: readonly string[],
  { env, until }: Readonly<{ env: NodeJS.ProcessEnv; until: string }>,
) {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, ...env },
    detached: true,
  })
  let output = ''
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes(until)) resolve()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${output}`)))
  })
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return {
    output: () => output,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    /** Signals every process of the group, as a terminal does. */
    pressCtrlC: () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
      return ended
    },
  }
}
