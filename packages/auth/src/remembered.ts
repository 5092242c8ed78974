/** A bounded memory of what never changes; the oldest is forgotten first. */
export class Remembered<Key, Value> {
  readonly #countMax: number
  readonly #values = new Map<Key, Value>()
  /**
   * Goes on where it stopped: from the beginning it would walk over all that was forgotten since the
   * map was last put in order, at 100,000 tickets ten times what remembering costs.
   */
  readonly #oldestFirst = this.#values.keys()

  constructor(countMax: number) {
    this.#countMax = countMax
  }

  get(key: Key): Value | undefined {
    return this.#values.get(key)
  }

  set(key: Key, value: Value): void {
    if (this.#values.size >= this.#countMax && !this.#values.has(key)) {
      const oldest = this.#oldestFirst.next()
      if (oldest.done !== true) this.#values.delete(oldest.value)
    }
    this.#values.set(key, value)
  }
}
