import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { NOON } from './_stage.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

export type MainProcess = Awaited<ReturnType<typeof startMain>>

/** Redemption as the process that it is in production, at noon of the stage's day. */
export async function startMain(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [main], {
    env: { PORT: '0', MINNAKEN_CLOCK: 'moved', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  const moved = once(child, 'message')
  child.send({ kind: 'clock', offsetMs: NOON - Date.now() })
  await moved
  return {
    url,
    stop: async (): Promise<void> => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
