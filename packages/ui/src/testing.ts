/** What a browser keeps for a page, over this map: for tests that run without a browser. */
export const storageOf = (stored: Map<string, string>): object =>
  new Proxy(
    {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    },
    {
      // As in a browser: what is kept is what the object lists.
      ownKeys: () => [...stored.keys()],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    },
  )

/** What a database answers: in a moment, as it does. */
const told = (result: unknown) => ({
  result,
  addEventListener: (event: string, tell: () => void) => {
    if (event === 'success' || event === 'complete') setTimeout(tell)
  },
})

/** The least of a database that keeps what it is given, in this map. */
export function databaseOf(kept: Map<string, unknown>) {
  const store = {
    get: (name: string) => told(kept.get(name)),
    put: (value: unknown, name: string) => told(kept.set(name, value)),
    delete: (name: string) => told(kept.delete(name)),
  }
  const transaction = () => ({ ...told(null), objectStore: () => store })
  return { open: () => told({ transaction, close: () => {} }) }
}

/** A browser in private mode: there is a database by name, and it opens for nobody. */
export const keepsNothing = {
  open: () => {
    throw new DOMException('denied', 'SecurityError')
  },
}
