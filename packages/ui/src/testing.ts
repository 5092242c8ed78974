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

/** A browser in private mode: there is a database by name, and it opens for nobody. */
export const keepsNothing = {
  open: () => {
    throw new DOMException('denied', 'SecurityError')
  },
}
