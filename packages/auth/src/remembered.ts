/** A bounded memory of what never changes; the oldest is forgotten first. */
export class Remembered<Key, Value> {
  readonly #countMax: number
  readonly #values = new Map<Key, Value>()

  constructor(countMax: number) {
    this.#countMax = countMax
  }

  get(key: Key): Value | undefined {
    return this.#values.get(key)
  }

  set(key: Key, value: Value): void {
    const [oldest] = this.#values.size >= this.#countMax ? this.#values.keys() : []
    if (oldest !== undefined) this.#values.delete(oldest)
    this.#values.set(key, value)
  }
}
