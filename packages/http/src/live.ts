import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { Log } from './log.ts'
import { problem, type LiveReply, type LivePart, type ProblemReply } from './reply.ts'
import type { LiveEvents } from './route.ts'

export type LiveLimits = Readonly<{
  /**
   * Listeners of one route in this process at once; one more is told `busy`. Routes take no places
   * from each other.
   */
  listenersMax: number
  /** How often a listener is asked for again: is its session still good, is it still there? */
  checkMs: number
  /** After this long a listener comes again, perhaps to another process. */
  longestMs: number
}>

export const usualLiveLimits: LiveLimits = {
  listenersMax: 2_000,
  checkMs: 15_000,
  longestMs: 15 * 60_000,
}

/** A listener that leaves so many untaken is ended; it comes again and asks for what it missed. */
const UNREAD_EVENTS_MAX = 256

/** A reply that goes on: server-sent events in the body, until somebody ends them. */
export type StreamReply = Readonly<{
  kind: 'stream'
  status: 200
  /** Null where only the headers were asked for. */
  body: ReadableStream<Uint8Array> | null
  headers: Readonly<Record<string, string>>
}>

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  // A proxy that saves events up until there are enough of them makes them late.
  'x-accel-buffering': 'no',
}

/** The listeners of a service. They come back by themselves, so any of them may be ended at any time. */
export class Listeners {
  readonly #limits: LiveLimits
  readonly #log: Log
  /** How to end each, by route. */
  readonly #ends = new Map<string, Set<() => void>>()
  #isClosed = false

  constructor(limits: LiveLimits, log: Log) {
    this.#limits = limits
    this.#log = log
  }

  /** Ends every listener and takes no new one: the process is about to go. */
  close(): void {
    this.#isClosed = true
    for (const ends of this.#ends.values()) for (const end of ends) end()
  }

  /**
   * Begins to tell one listener. `isAllowed` is asked again and again: a session that has ended ends
   * its listener too. `declared` is what may be told, where every event is held against it.
   */
  listen(
    reply: LiveReply<LivePart>,
    {
      isAllowed,
      declared,
      route,
    }: Readonly<{
      isAllowed: () => Promise<boolean>
      declared: LiveEvents | undefined
      route: string
    }>,
  ): StreamReply | ProblemReply<'busy'> {
    const ends = this.#ends.get(route) ?? new Set()
    if (this.#isClosed || ends.size >= this.#limits.listenersMax) return problem('busy')
    this.#ends.set(route, ends)
    const over = new AbortController()
    const started = performance.now()
    let isGone = false
    let check: NodeJS.Timeout | undefined
    const end = (): void => {
      if (!ends.delete(end)) return
      clearInterval(check)
      over.abort()
      this.#log.event('listener_left', { route, ms: Math.round(performance.now() - started) })
    }
    ends.add(end)
    const body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          const write = (text: string): void => {
            if (over.signal.aborted) return
            controller.enqueue(new TextEncoder().encode(text))
            if ((controller.desiredSize ?? 0) <= 0) end()
          }
          const close = (): void => {
            if (!isGone) controller.close()
          }
          over.signal.addEventListener('abort', close, { once: true })
          write('retry: 1000\n\n')
          check = setInterval(() => {
            if (performance.now() - started > this.#limits.longestMs) end()
            else
              isAllowed().then(
                (isStillAllowed) => (isStillAllowed ? write(':\n\n') : end()),
                (error: unknown) => this.#fail(error, route, end),
              )
          }, this.#limits.checkMs)
          const send = (event: string, data: unknown): void => {
            if (declared !== undefined) assertEventDeclared(declared, event, data)
            write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
          }
          reply.tell({ signal: over.signal, send }).then(end, (error: unknown) => {
            this.#fail(error, route, end)
          })
        },
        // The listener went away, or its connection broke: nothing can be closed any more.
        cancel: () => {
          isGone = true
          end()
        },
      },
      { highWaterMark: UNREAD_EVENTS_MAX },
    )
    return { kind: 'stream', status: 200, body, headers: { ...streamHeaders, ...reply.headers } }
  }

  #fail(error: unknown, route: string, end: () => void): void {
    this.#log.fault(error, { route })
    end()
  }
}

/** For a request that wants to know only whether it could listen. */
export const streamHead: StreamReply = {
  kind: 'stream',
  status: 200,
  body: null,
  headers: streamHeaders,
}

function assertEventDeclared({ events }: LiveEvents, event: string, data: unknown): void {
  const schema: z.ZodType | undefined = events[event]
  if (schema === undefined) throw new Error(`event ${event} is not declared`)
  const sent: unknown = JSON.parse(JSON.stringify(data))
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(schema.parse(sent))), sent))
    throw new Error(`event ${event} has members that are not declared`)
}
