import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

const stepBack = `
  const { readFileSync } = await import('node:fs')
  const { getPriority } = await import('node:os')
  const { yieldToTills } = await import(${JSON.stringify(new URL('../src/process.ts', import.meta.url).href)})
  yieldToTills()
  // An ordinary user may have to try again.
  const until = Date.now() + Number(process.argv[1])
  while (Date.now() < until && readFileSync('/proc/self/autogroup', 'utf8').endsWith(' 0\\n'))
    await new Promise((resolve) => setTimeout(resolve, 50))
  // Nothing stands there for what began before any session, as under a container's first process.
  const group = readFileSync('/proc/self/autogroup', 'utf8').replace(/.* /, '').trim()
  console.log([getPriority(), group].join(' ').trim())
`

/** Its niceness and that of its session, after it has stepped back. */
async function niceness(isSessionOfItsOwn: boolean): Promise<string> {
  const node = spawn(
    process.execPath,
    ['--input-type=module', '-e', stepBack, isSessionOfItsOwn ? '5000' : '0'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: isSessionOfItsOwn,
    },
  )
  return (await text(node.stdout)).trim()
}

const sharesBySession = existsSync('/proc/self/autogroup')

test.runIf(sharesBySession)(
  'a service that leads its session steps back with all of it',
  async () => {
    expect(await niceness(true)).toBe('10 10')
  },
)

test.runIf(sharesBySession)(
  'one that shares a session does not hold the others of it back',
  async () => {
    const { stdout } = await run('sed', ['s/.* //', '/proc/self/autogroup'])
    expect(await niceness(false)).toBe(`10 ${stdout}`.trim())
  },
)
