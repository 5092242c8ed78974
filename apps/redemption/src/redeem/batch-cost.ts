/** How much less each batch counts than the one after it: some twenty are remembered. */
const REMEMBERED = 0.9

/**
 * How long batches take: so much each, and so much for each request that they carry, by the least
 * squares of the last ones. The one alone would misjudge a database that is slow in writing, the
 * other one that stood still for a moment.
 */
export class BatchCost {
  #count = 1
  #size = 1
  #ms: number
  #sizeSquared = 1
  #sizeTimesMs: number

  /** Until batches were seen, each is taken to last so long. */
  constructor(firstMs: number) {
    this.#ms = firstMs
    this.#sizeTimesMs = firstMs
  }

  saw({ size, ms }: Readonly<{ size: number; ms: number }>): void {
    this.#count = this.#count * REMEMBERED + 1
    this.#size = this.#size * REMEMBERED + size
    this.#ms = this.#ms * REMEMBERED + ms
    this.#sizeSquared = this.#sizeSquared * REMEMBERED + size * size
    this.#sizeTimesMs = this.#sizeTimesMs * REMEMBERED + size * ms
  }

  /** How long so many batches would take that carry so many requests together. */
  ofMs({ batches, requests }: Readonly<{ batches: number; requests: number }>): number {
    const spread = this.#count * this.#sizeSquared - this.#size ** 2
    const slope = this.#count * this.#sizeTimesMs - this.#size * this.#ms
    // Batches that are as good as equal tell nothing about other sizes.
    const eachRequest = spread > 1 ? Math.max(0, slope / spread) : 0
    const eachBatch = Math.max(0, (this.#ms - eachRequest * this.#size) / this.#count)
    return batches * eachBatch + requests * eachRequest
  }
}
