import { problem, type ProblemReply } from './reply.ts'

/**
 * Bodies that are on their way. Whoever sends one is not at work, however long it takes: a body that
 * never comes must keep nobody out. When there are too many, the one that has been coming for
 * longest is given up, so that those who send at once are never refused for those who do not.
 */
export class Bodies {
  readonly #most: number
  readonly #givingUp = new Set<() => void>()

  constructor(most: number) {
    this.#most = most
  }

  async read<T>(take: () => Promise<T>): Promise<T | ProblemReply<'request_timeout'>> {
    const tooSlow = Promise.withResolvers<ProblemReply<'request_timeout'>>()
    const giveUp = (): void =>
      tooSlow.resolve(problem('request_timeout', {}, { connection: 'close' }))
    this.#givingUp.add(giveUp)
    const [oldest] = this.#givingUp
    if (this.#givingUp.size > this.#most && oldest !== undefined) {
      this.#givingUp.delete(oldest)
      oldest()
    }
    try {
      return await Promise.race([take(), tooSlow.promise])
    } finally {
      this.#givingUp.delete(giveUp)
    }
  }
}
