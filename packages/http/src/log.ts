import { writeSync } from 'node:fs'
import { pino } from 'pino'

/** One line for each request. It names the route's pattern: a path can hold what is private. */
export type RequestLine = Readonly<{
  requestId: string
  method: string
  route: string
  status: number
  ms: number
  code?: string
}>

/**
 * The log of a service: JSON lines with what operators need and nothing private.
 *
 * There is no way to log a body, a header or a message: an error is named by its class, its code
 * and where it was thrown, because messages quote the data that caused them.
 */
export type Log = Readonly<{
  request: (line: RequestLine) => void
  /** An error that is ours, with the request it broke, if there was one. */
  fault: (error: unknown, where: Readonly<Record<string, string>>) => void
  /** Something that operators want to know; `facts` are counts and names of ours. */
  event: (name: string, facts?: Readonly<Record<string, string | number | boolean>>) => void
  flush: () => void
}>

/** Opens the log on standard output, or on `write`, which tests hand in. */
export function createLog({
  service,
  write,
}: {
  service: string
  write?: (line: string) => void
}): Log {
  const stdout = pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 500 })
  const options = {
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const logger = pino(options, write ? { write } : stdout)
  return {
    request: (line) => {
      if (line.status >= 500) logger.error(line, 'request')
      else logger.info(line, 'request')
    },
    fault: (error, where) => logger.error({ ...where, error: describeError(error) }, 'fault'),
    event: (name, facts = {}) => logger.info(facts, name),
    flush: () => {
      if (isRead()) stdout.flushSync()
      else stdout.destroy()
    },
  }
}

/**
 * Whether anybody still reads standard output: an empty line tells. What nobody reads must not keep
 * a process alive, and pino's own flush tries a closed pipe again for ever.
 */
function isRead(): boolean {
  try {
    writeSync(1, '\n')
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN'
  }
}

type ErrorFacts = { name: string; code?: string; at: string[]; cause?: ErrorFacts }

/** What may be told of an error: class, code, frames, and the same of its causes. Never its message. */
function describeError(error: unknown, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) return { name: `thrown ${typeof error}`, at: [] }
  const code: unknown = Reflect.get(error, 'code')
  return {
    name: plainName(error.constructor.name),
    ...(typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? { code } : {}),
    at: framesOf(error),
    ...(error.cause instanceof Error && depth < 3
      ? { cause: describeError(error.cause, depth + 1) }
      : {}),
  }
}

const plainName = (name: string): string => (/^[A-Za-z0-9_]{1,60}$/.test(name) ? name : 'Error')

/** The stack without its first lines, which repeat the message; no frames if they cannot be told apart. */
function framesOf(error: Error): string[] {
  const stack = error.stack ?? ''
  const from = stack.indexOf(error.message)
  if (from < 0) return []
  return stack
    .slice(from + error.message.length)
    .split('\n')
    .filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
    .map((line) => line.trim())
    .slice(0, 15)
}
