#!/usr/bin/env node
import { type Command, InputError, Interrupted, PlatformError } from './command.ts'

/** Every command by its words. Loaded only when asked for, so that each starts fast. */
const commands: Record<string, () => Promise<{ command: Command }>> = {
  start: () => import('./start/start.ts'),
  dev: () => import('./start/dev.ts'),
  demo: () => import('./demo/demo.ts'),
  reset: () => import('./reset.ts'),
  invite: () => import('./invite.ts'),
  as: () => import('./start/as.ts'),
  till: () => import('./start/till.ts'),
  close: () => import('./close.ts'),
  'verify-ledger': () => import('./verify-ledger.ts'),
  'campaign lint': () => import('./campaign/lint.ts'),
  'draw allocate': () => import('./draw/allocate.ts'),
  'draw second-sale': () => import('./draw/second-sale.ts'),
  'verify-draw': () => import('./verify-draw.ts'),
  'qr inspect': () => import('./qr/inspect.ts'),
  'zengin check': () => import('./zengin/check.ts'),
  'zengin write': () => import('./zengin/write.ts'),
  'zengin name': () => import('./zengin/name.ts'),
  calendar: () => import('./calendar.ts'),
  'bank-day': () => import('./bank-day.ts'),
  claim: () => import('./claim.ts'),
}

async function main(args: readonly string[]): Promise<number> {
  const words = [args.slice(0, 2).join(' '), args[0] ?? ''].find((name) =>
    Object.hasOwn(commands, name),
  )
  if (words === undefined) return help(args)
  const { command } = await (commands[words] as () => Promise<{ command: Command }>)()
  const rest = args.slice(words.split(' ').length)
  if (rest.includes('--help')) {
    process.stdout.write(`minnaken ${command.usage}\n\n${command.summary}\n`)
    return 0
  }
  try {
    return await command.run(rest)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    process.stderr.write(`${error.message}\n\nminnaken ${command.usage}\n`)
    return 2
  }
}

async function help(args: readonly string[]): Promise<number> {
  const wished = args.length === 0 || args.includes('--help')
  const stream = wished ? process.stdout : process.stderr
  if (!wished) stream.write(`知らない命令です / unknown command: ${args.join(' ')}\n\n`)
  for (const load of Object.values(commands)) {
    const { command } = await load()
    stream.write(`minnaken ${command.usage}\n    ${command.summary}\n`)
  }
  return wished ? 0 : 2
}

function messageOf(error: unknown): string {
  if (error instanceof PlatformError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

// Whoever reads may have seen enough, as in `minnaken … --json | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`)
    // What was interrupted may still be at work; its processes and the database are stopped.
    if (error instanceof Interrupted) process.exit(3)
    process.exitCode = 3
  },
)
