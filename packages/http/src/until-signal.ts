import type { Log } from './log.ts'

/**
 * Lets a process end in order: on SIGTERM or SIGINT it drains, closes and exits with 0;
 * on an error that nobody caught it logs it, drains, closes and exits with 1.
 * A second signal, or fifteen seconds, end it at once.
 */
export function runUntilSignal({
  drain: drainAll,
  close = async () => {},
  log,
}: {
  drain: () => Promise<void>
  /** What comes after the last request: the pools. */
  close?: () => Promise<void>
  log: Log
}): void {
  let isEnding = false
  const exit = (code: number): never => {
    log.flush()
    process.exit(code)
  }
  const end = (code: number): void => {
    if (isEnding) exit(1)
    isEnding = true
    setTimeout(() => exit(1), 15_000).unref()
    drainAll()
      .then(close)
      .then(() => exit(code))
      .catch((error: unknown) => {
        log.fault(error, { while: 'draining' })
        exit(1)
      })
  }
  const crash = (error: unknown): void => {
    log.fault(error, { while: 'uncaught' })
    if (!isEnding) end(1)
  }
  process.on('SIGTERM', () => end(0))
  process.on('SIGINT', () => end(0))
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
}
