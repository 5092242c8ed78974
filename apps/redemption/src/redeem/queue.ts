import { setTimeout as wait } from 'node:timers/promises'
import { assert } from '@minnaken/domain'
import { BatchCost } from './batch-cost.ts'
import { type QueueWatch, unwatched } from './watch.ts'

/** The queue is full: nothing was tried, and the caller may come again. */
export type Busy = Readonly<{ kind: 'busy' }>

export const BUSY: Busy = { kind: 'busy' }

type Waiting<Request, Answer> = Readonly<{
  request: Request
  sinceMs: number
  resolve: (answer: Answer | Busy) => void
  reject: (error: unknown) => void
}>

export const QUEUE_LENGTH_MAX = 2_000
const WAIT_MS_MAX = 1_000
const BATCH_SIZE_MAX = 256
/** How far apart batches leave when requests come together. */
const BATCH_GAP_MS = 5

/**
 * The requests of one bucket, batch after batch. A request alone leaves at once, or within 5 ms of
 * a batch of several. Where requests come together, the next batch leaves when the one before has
 * committed, and 5 ms after that one left at the earliest: a batch costs the same whether it carries
 * one or ten, so batches of one and a half used up a core at 1,000 payments a second, and made
 * everyone wait for it.
 *
 * Refuses at once when 2,000 wait or the wait would be longer than a second, and refuses what has
 * waited for a second, also while the batch before it hangs: late is worse than early.
 * When a batch fails, its requests are tried one by one, so that a poisoned one harms only itself;
 * not when `isFinal` says that trying again cannot help.
 */
export class BucketQueue<Request, Answer> {
  readonly #run: (requests: readonly Request[]) => Promise<readonly Answer[]>
  readonly #isFinal: (error: unknown) => boolean
  readonly #elapsedMs: () => number
  readonly #watch: QueueWatch
  #waiting: Waiting<Request, Answer>[] = []
  #isRunning = false
  /** The batch that is out, or null when none is. */
  #out: Readonly<{ leftAtMs: number; size: number }> | null = null
  /** Until when the next batch is held back. */
  #heldUntilMs = 0
  /** Comes when whoever has waited for longest is late; none where nobody waited when it came last. */
  #alarm: NodeJS.Timeout | undefined
  readonly #cost = new BatchCost(10)

  constructor({
    run,
    isFinal,
    elapsedMs,
    watch = unwatched,
  }: Readonly<{
    run: (requests: readonly Request[]) => Promise<readonly Answer[]>
    isFinal: (error: unknown) => boolean
    /** A clock that only ever goes forward. */
    elapsedMs: () => number
    watch?: QueueWatch
  }>) {
    this.#run = run
    this.#isFinal = isFinal
    this.#elapsedMs = elapsedMs
    this.#watch = watch
  }

  /** Whether whoever asks now is told to come again. To look counts nothing. */
  isFull(): boolean {
    return this.#waiting.length >= QUEUE_LENGTH_MAX || this.#waitMs() > WAIT_MS_MAX
  }

  ask(request: Request): Promise<Answer | Busy> {
    if (this.isFull()) {
      this.#watch.refused('full')
      return Promise.resolve(BUSY)
    }
    const { promise, resolve, reject } = Promise.withResolvers<Answer | Busy>()
    this.#waiting.push({ request, sinceMs: this.#elapsedMs(), resolve, reject })
    this.#watch.joined()
    if (!this.#isRunning) void this.#runAll()
    if (this.#alarm === undefined) this.#wakeWhenLate()
    return promise
  }

  #wakeWhenLate(): void {
    const [oldest] = this.#waiting
    if (oldest === undefined) {
      this.#alarm = undefined
      return
    }
    const inMs = WAIT_MS_MAX - (this.#elapsedMs() - oldest.sinceMs)
    this.#alarm = setTimeout(() => this.#refuseLate(), Math.max(1, inMs + 1))
  }

  /** In the order in which they came, so the late ones are the first. */
  #refuseLate(): void {
    const inTime = this.#waiting.findIndex((one) => !this.#isLate(one))
    const late = this.#waiting.splice(0, inTime < 0 ? this.#waiting.length : inTime)
    for (const one of late) {
      this.#watch.left(this.#elapsedMs() - one.sinceMs)
      this.#refuse(one)
    }
    this.#wakeWhenLate()
  }

  /** Until the batch of one who comes now would be answered. One alone never waits. */
  #waitMs(): number {
    if (!this.#isRunning) return 0
    const requests = this.#waiting.length + 1
    const batches = Math.ceil(requests / BATCH_SIZE_MAX)
    return this.#outMs() + this.#cost.ofMs({ batches, requests })
  }

  /** What the batch that is out takes, or has taken already. */
  #outMs(): number {
    if (this.#out === null) return 0
    const usually = this.#cost.ofMs({ batches: 1, requests: this.#out.size })
    return Math.max(usually, this.#elapsedMs() - this.#out.leftAtMs)
  }

  async #runAll(): Promise<void> {
    this.#isRunning = true
    while (this.#waiting.length > 0) {
      const holdMs = this.#heldUntilMs - this.#elapsedMs()
      if (holdMs > 0) await wait(holdMs)
      const leftAtMs = this.#elapsedMs()
      const next = this.#waiting.splice(0, BATCH_SIZE_MAX)
      for (const { sinceMs } of next) this.#watch.left(leftAtMs - sinceMs)
      const batch = next.filter((one) => !this.#isRefusedAsLate(one))
      if (batch.length > 0) {
        this.#out = { leftAtMs, size: batch.length }
        await this.#answer(batch)
        this.#out = null
        const seen = { size: batch.length, ms: this.#elapsedMs() - leftAtMs }
        this.#watch.batch(seen)
        this.#cost.saw(seen)
      }
      this.#heldUntilMs = next.length > 1 ? leftAtMs + BATCH_GAP_MS : 0
    }
    this.#isRunning = false
  }

  #isLate({ sinceMs }: Waiting<Request, Answer>): boolean {
    return this.#elapsedMs() - sinceMs > WAIT_MS_MAX
  }

  #isRefusedAsLate(one: Waiting<Request, Answer>): boolean {
    const isLate = this.#isLate(one)
    if (isLate) this.#refuse(one)
    return isLate
  }

  #refuse({ resolve }: Waiting<Request, Answer>): void {
    this.#watch.refused('late')
    resolve(BUSY)
  }

  async #answer(batch: readonly Waiting<Request, Answer>[]): Promise<void> {
    try {
      const answers = await this.#run(batch.map((it) => it.request))
      batch.forEach(({ resolve }, place) => {
        const answer = answers[place]
        assert(answer !== undefined, 'every request of a batch has its answer')
        resolve(answer)
      })
    } catch (error) {
      if (batch.length === 1 || this.#isFinal(error)) for (const { reject } of batch) reject(error)
      else for (const one of batch) if (!this.#isRefusedAsLate(one)) await this.#answer([one])
    }
  }
}
