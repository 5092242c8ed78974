import { assert } from '@minnaken/domain'

/** The queue is full: nothing was tried, and the caller may come again. */
export type Busy = Readonly<{ kind: 'busy'; retryAfterMs: number }>

type Waiting<Request, Answer> = Readonly<{
  request: Request
  sinceMs: number
  resolve: (answer: Answer | Busy) => void
  reject: (error: unknown) => void
}>

export const QUEUE_LENGTH_MAX = 2_000
const WAIT_MS_MAX = 1_000
const BATCH_SIZE_MAX = 256

/**
 * The requests of one bucket, batch after batch: each batch leaves as soon as the one before has
 * committed, so a request alone leaves at once and no timer is needed.
 *
 * Refuses at once when 2,000 wait or the wait would be longer than a second.
 * When a batch fails, its requests are tried one by one, so that a poisoned one harms only itself;
 * what has waited for a second by then is refused as busy. Not when `isFinal` says that trying again
 * cannot help.
 */
export class BucketQueue<Request, Answer> {
  readonly #run: (requests: readonly Request[]) => Promise<readonly Answer[]>
  readonly #isFinal: (error: unknown) => boolean
  readonly #elapsedMs: () => number
  #waiting: Waiting<Request, Answer>[] = []
  #isRunning = false
  #batchMs = 10

  constructor({
    run,
    isFinal,
    elapsedMs,
  }: Readonly<{
    run: (requests: readonly Request[]) => Promise<readonly Answer[]>
    isFinal: (error: unknown) => boolean
    /** A clock that only ever goes forward. */
    elapsedMs: () => number
  }>) {
    this.#run = run
    this.#isFinal = isFinal
    this.#elapsedMs = elapsedMs
  }

  ask(request: Request): Promise<Answer | Busy> | Busy {
    const waitMs = Math.ceil(this.#waiting.length / BATCH_SIZE_MAX) * this.#batchMs
    if (this.#waiting.length >= QUEUE_LENGTH_MAX || waitMs > WAIT_MS_MAX)
      return { kind: 'busy', retryAfterMs: Math.max(1_000, waitMs) }
    const { promise, resolve, reject } = Promise.withResolvers<Answer | Busy>()
    this.#waiting.push({ request, sinceMs: this.#elapsedMs(), resolve, reject })
    if (!this.#isRunning) void this.#runAll()
    return promise
  }

  async #runAll(): Promise<void> {
    this.#isRunning = true
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH_SIZE_MAX)
      const startedAt = this.#elapsedMs()
      await this.#answer(batch)
      this.#batchMs += (this.#elapsedMs() - startedAt - this.#batchMs) / 8
    }
    this.#isRunning = false
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
      else for (const one of batch) await this.#answerAlone(one)
    }
  }

  async #answerAlone(one: Waiting<Request, Answer>): Promise<void> {
    if (this.#elapsedMs() - one.sinceMs > WAIT_MS_MAX)
      one.resolve({ kind: 'busy', retryAfterMs: 1_000 })
    else await this.#answer([one])
  }
}
