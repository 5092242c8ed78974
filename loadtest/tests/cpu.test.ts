import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { cpuOf } from '../rig/cpu.ts'

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** Works until it has used so much CPU, says how much it was, and waits to be ended. */
const busy = (ms: number, then: string): string => `
  let sum = 0
  while (process.cpuUsage().user + process.cpuUsage().system < ${ms} * 1000) sum += Math.sqrt(sum)
  const used = process.cpuUsage()
  console.log(used.user + used.system)
  ${then}`

async function firstLine(child: ChildProcess): Promise<number> {
  children.push(child)
  if (child.stdout === null) throw new Error('it is listened to')
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return Number(line)
}

const start = (command: string, args: readonly string[]): ChildProcess =>
  spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] })

test('the CPU of a busy process is what the process itself counts', async () => {
  const child = start(process.execPath, ['-e', busy(500, 'setInterval(() => {}, 1000)')])
  const used = await firstLine(child)
  const seen = await cpuOf([child.pid ?? 0])
  expect(seen).toBeGreaterThan(used * 0.9 - 20_000)
  expect(seen).toBeLessThan(used * 1.25 + 50_000)
})

test('the CPU of children counts', async () => {
  const script = '"$0" -e "$1"; read -r wait'
  const child = start('sh', [
    '-c',
    script,
    process.execPath,
    busy(400, 'setInterval(() => {}, 1000)'),
  ])
  const used = await firstLine(child)
  expect(await cpuOf([child.pid ?? 0])).toBeGreaterThan(used * 0.9 - 20_000)
})

test('the CPU of children counts after they have ended', async () => {
  // What the child said is passed on when it is no more.
  const script = 'used=$("$0" -e "$1"); echo "$used"; read -r wait'
  const child = start('sh', ['-c', script, process.execPath, busy(400, '')])
  const used = await firstLine(child)
  expect(used).toBeGreaterThanOrEqual(400_000)
  expect(await cpuOf([child.pid ?? 0])).toBeGreaterThan(used * 0.9 - 20_000)
})

test('a process that is not there uses nothing', async () => {
  const child = start('true', [])
  await once(child, 'exit')
  expect(await cpuOf([child.pid ?? 0])).toBe(0)
})
