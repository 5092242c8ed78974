import type { Deps } from '../deps.ts'
import { type Happening, readHappenings, stoppedTills } from './read.ts'

/** Who listens, and for what. */
export type Listener = Readonly<{
  topic: Readonly<{ shopId: string } | { bucket: number; walletId: string }>
  /** A till that is struck off stops hearing. */
  tillId: string | null
  signal: AbortSignal
  tell: (happening: Happening) => void
}>

/**
 * How far back each look goes. A payment is decided before it is seen by others: its transaction may
 * take 5 s and its commit 3 s. And who was away for less than this misses nothing.
 */
const LOOK_BACK_MS = 60_000
const EVERY_MS = 1_000
/** Payments of this process are looked for at once, but not more often than this. */
const SOONEST_MS = 100

type Listening = Listener & Readonly<{ told: Set<string>; leave: () => void }>

/**
 * Tells listeners what happened at their shop or to their wallet, whichever process took it.
 *
 * It looks into the book: once a second while anybody listens, and at once after a payment of this
 * process (`nudge`), so that nothing is told that is not committed and nothing is missed because a
 * message was lost. One look serves all listeners of the process. Each is told everything once.
 */
export class LiveBoard {
  readonly #deps: Pick<Deps, 'pool' | 'now' | 'elapsedMs' | 'db'>
  readonly #onFault: (error: unknown) => void
  readonly #listening = new Set<Listening>()
  /** What happened lately to somebody who listens, by its id. */
  readonly #recent = new Map<string, Happening>()
  #timer: NodeJS.Timeout | undefined
  #isLooking = false
  #isNudged = false
  #lookedAtMs = -Infinity

  constructor(
    deps: Pick<Deps, 'pool' | 'now' | 'elapsedMs' | 'db'>,
    onFault: (error: unknown) => void,
  ) {
    this.#deps = deps
    this.#onFault = onFault
  }

  /** Tells until the listener's signal is aborted, or its till is struck off. */
  listen(listener: Listener): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const listening: Listening = {
      ...listener,
      told: new Set(),
      leave: () => {
        this.#listening.delete(listening)
        if (this.#listening.size === 0) this.#rest()
        resolve()
      },
    }
    if (listener.signal.aborted) return Promise.resolve()
    listener.signal.addEventListener('abort', listening.leave, { once: true })
    this.#listening.add(listening)
    this.nudge()
    return promise
  }

  /** Something happened in this process: whoever listens should not have to wait for the next look. */
  nudge(): void {
    if (this.#listening.size === 0) return
    this.#isNudged = true
    if (this.#isLooking) return
    const sinceMs = this.#deps.elapsedMs() - this.#lookedAtMs
    this.#lookIn(Math.max(0, SOONEST_MS - sinceMs))
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#look(), ms)
  }

  #rest(): void {
    clearTimeout(this.#timer)
    this.#recent.clear()
  }

  async #look(): Promise<void> {
    this.#isLooking = true
    this.#isNudged = false
    this.#lookedAtMs = this.#deps.elapsedMs()
    try {
      await this.#read()
      this.#tellAll()
    } catch (error) {
      this.#onFault(error)
    }
    this.#isLooking = false
    if (this.#listening.size > 0) this.#lookIn(this.#isNudged ? SOONEST_MS : EVERY_MS)
  }

  async #read(): Promise<void> {
    const { db, pool, now } = this.#deps
    const at = now()
    const since = at - LOOK_BACK_MS
    for (const [id, { at: happenedAt }] of this.#recent)
      if (happenedAt < since) {
        this.#recent.delete(id)
        for (const { told } of this.#listening) told.delete(id)
      }
    const topics = [...this.#listening].map(({ topic }) => topic)
    const shopIds = [...new Set(topics.flatMap((it) => ('shopId' in it ? [it.shopId] : [])))]
    const buckets =
      shopIds.length > 0
        ? (await db.selectFrom('ledger.bucket').select('bucket').execute()).map((it) => it.bucket)
        : [...new Set(topics.flatMap((it) => ('bucket' in it ? [it.bucket] : [])))]
    const known = new Set(this.#recent.keys())
    for (const bucket of buckets) {
      const walletIds = topics.flatMap((it) =>
        'bucket' in it && it.bucket === bucket ? [it.walletId] : [],
      )
      const news = await readHappenings(pool, { bucket, shopIds, walletIds, since }, known)
      for (const happening of news) this.#recent.set(happening.id, happening)
    }
    const tillIds = [...this.#listening].flatMap(({ tillId }) => (tillId === null ? [] : [tillId]))
    const stopped = await stoppedTills(pool, { tillIds: [...new Set(tillIds)], at })
    for (const { tillId, leave } of this.#listening)
      if (tillId !== null && stopped.has(tillId)) leave()
  }

  #tellAll(): void {
    for (const { topic, told, tell } of this.#listening)
      for (const [id, happening] of this.#recent) {
        const isTheirs =
          'shopId' in topic
            ? happening.shop.shopId === topic.shopId
            : happening.walletId === topic.walletId && happening.kind === 'payment'
        if (!isTheirs || told.has(id)) continue
        told.add(id)
        tell(happening)
      }
  }
}
