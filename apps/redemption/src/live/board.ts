import type { Instant } from '@minnaken/domain'
import type { Deps } from '../deps.ts'
import { Audience, type Listener, type Listening } from './audience.ts'
import { CLOCK_PUT_BACK_MS, type Happening, readHappenings, stoppedTills } from './read.ts'

/** Who comes anew hears the last minute: who was away for less than this misses nothing. */
const LOOK_BACK_MS = 60_000
const EVERY_MS = 1_000
/** Payments of this process are looked for at once, but not more often than this. */
const SOONEST_MS = 100
/**
 * A payment is decided before it is seen by others: its transaction may take 5 s and its commit 3 s,
 * and the clocks of two services may be 2 s apart. So far back goes the look of every second.
 */
const SEEN_LATE_MS = 15_000
/** As far as looks in between go back: what this process has just taken is there. */
const JUST_NOW_MS = 2_000

/** The looks for those who have listened for a while; those who are new need the whole minute. */
type Look = Readonly<{ since: Instant; putBackMs: number }>

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
  readonly #audience = new Audience()
  #timer: NodeJS.Timeout | undefined
  #isLooking = false
  #isNudged = false
  #lookedAtMs = -Infinity
  /** The last look that saw everything: when it was, by the clock that runs and by the service's. */
  #sawAll: Readonly<{ atMs: number; at: Instant }> = { atMs: -Infinity, at: -Infinity }

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
      isNew: true,
      leave: () => {
        this.#audience.leave(listening)
        if (this.#audience.all.size === 0) this.#rest()
        resolve()
      },
    }
    if (listener.signal.aborted) return Promise.resolve()
    listener.signal.addEventListener('abort', listening.leave, { once: true })
    this.#audience.join(listening)
    this.nudge()
    return promise
  }

  /** Something happened in this process: whoever listens should not have to wait for the next look. */
  nudge(): void {
    if (this.#audience.all.size === 0) return
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
    this.#audience.forgetAll()
  }

  async #look(): Promise<void> {
    this.#isLooking = true
    this.#isNudged = false
    this.#lookedAtMs = this.#deps.elapsedMs()
    try {
      await this.#readAndTell()
    } catch (error) {
      this.#onFault(error)
    }
    this.#isLooking = false
    if (this.#audience.all.size > 0) this.#lookIn(this.#isNudged ? SOONEST_MS : EVERY_MS)
  }

  async #readAndTell(): Promise<void> {
    const [atMs, at] = [this.#lookedAtMs, this.#deps.now()]
    const minute = { since: at - LOOK_BACK_MS, putBackMs: CLOCK_PUT_BACK_MS }
    const isAll = atMs - this.#sawAll.atMs >= EVERY_MS
    const look = isAll
      ? { ...minute, since: Math.max(minute.since, Math.min(at, this.#sawAll.at) - SEEN_LATE_MS) }
      : { since: at - JUST_NOW_MS, putBackMs: 0 }
    this.#audience.forgetBefore(minute.since)
    const { old = [], fresh = [] } = Object.groupBy(this.#audience.all, ({ isNew }) =>
      isNew ? 'fresh' : 'old',
    )
    const news = [...(await this.#read(old, look)), ...(await this.#read(fresh, minute))]
    await this.#endStopped(at)
    for (const happening of news) this.#audience.tell(happening)
    for (const each of fresh) this.#audience.settle(each, minute.since)
    if (isAll) this.#sawAll = { atMs, at }
  }

  /** What happened to these that was not known before. */
  async #read(listening: readonly Listening[], look: Look): Promise<readonly Happening[]> {
    if (listening.length === 0) return []
    const { db, pool } = this.#deps
    const topics = listening.map(({ topic }) => topic)
    const shopIds = [...new Set(topics.flatMap((it) => ('shopId' in it ? [it.shopId] : [])))]
    const buckets =
      shopIds.length > 0
        ? (await db.selectFrom('ledger.bucket').select('bucket').execute()).map((it) => it.bucket)
        : [...new Set(topics.flatMap((it) => ('bucket' in it ? [it.bucket] : [])))]
    const news: Happening[] = []
    for (const bucket of buckets) {
      const walletIds = topics.flatMap((it) =>
        'bucket' in it && it.bucket === bucket ? [it.walletId] : [],
      )
      const asked = { ...look, bucket, shopIds, walletIds }
      news.push(...(await readHappenings(pool, asked, (id) => this.#audience.knows(id))))
    }
    return news
  }

  async #endStopped(at: Instant): Promise<void> {
    const { all } = this.#audience
    const tillIds = [...all].flatMap(({ tillId }) => (tillId === null ? [] : [tillId]))
    const stopped = await stoppedTills(this.#deps.pool, { tillIds: [...new Set(tillIds)], at })
    for (const { tillId, leave } of all) if (tillId !== null && stopped.has(tillId)) leave()
  }
}
