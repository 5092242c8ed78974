/** So many pages at a time: a core each, and one that waits. */
const PAGES_MAX = 3

/** Some at a time, until all are done. */
export async function together(visits: readonly (() => Promise<readonly string[]>)[]) {
  const left = [...visits]
  const faults: string[] = []
  const go = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      faults.push(...(await next()))
  }
  await Promise.all(Array.from({ length: PAGES_MAX }, go))
  return faults
}
