import type { Log } from './log.ts'

/** From here on the same signal again means that somebody has lost patience. */
const REPEAT_MS = 1_000

/**
 * Tells when this process is asked to end: `first` at the first SIGTERM or SIGINT, `again` when the
 * same signal comes a second or more after it.
 *
 * One Ctrl+C may arrive more than once, from the terminal, from npm and from the process that
 * started this one. That is one wish, and what is in flight is finished.
 */
export function onEndAsked({
  first,
  again,
}: Readonly<{ first: () => void; again: () => void }>): void {
  let asked: Readonly<{ signal: NodeJS.Signals; at: number }> | undefined
  const hear = (signal: NodeJS.Signals): void => {
    const at = performance.now()
    if (asked === undefined) {
      asked = { signal, at }
      first()
    } else if (asked.signal === signal && at - asked.at >= REPEAT_MS) again()
  }
  process.on('SIGTERM', hear)
  process.on('SIGINT', hear)
}

/**
 * Lets a process end in order: on SIGTERM or SIGINT, or when the process that started it over a
 * channel is gone, it drains, closes and exits with 0; on an error that nobody caught it logs it,
 * drains, closes and exits with 1.
 * The same signal once more, a second later, or fifteen seconds end it at once.
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
    if (isEnding) return
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
    end(1)
  }
  onEndAsked({ first: () => end(0), again: () => exit(1) })
  if (process.channel !== undefined) process.once('disconnect', () => end(0))
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
}
