/** The samples of one `/metrics` page: name with labels, as written, to value. */
export type Samples = ReadonlyMap<string, number>

/** Reads a service's `/metrics`; null where it has none. */
export async function scrape(url: string): Promise<Samples | null> {
  const response = await fetch(`${url}/metrics`).catch(() => null)
  return response?.ok === true ? parseSamples(await response.text()) : null
}

/** Reads the text form of Prometheus. */
export function parseSamples(text: string): Samples {
  const samples = new Map<string, number>()
  for (const line of text.split('\n')) {
    const [, name, value] = /^([a-zA-Z_:][^ {]*(?:\{.*\})?) (\S+)/.exec(line) ?? []
    if (name !== undefined && value !== undefined) samples.set(name, Number(value))
  }
  return samples
}

/** How much each counter and sum grew, without the buckets; a gauge that fell comes out negative. */
export function growth(before: Samples, after: Samples): Record<string, number> {
  const grown: Record<string, number> = {}
  for (const [name, value] of after) {
    if (name.includes('_bucket{')) continue
    const by = value - (before.get(name) ?? 0)
    if (by !== 0 && Number.isFinite(by)) grown[name] = by
  }
  return grown
}

/** The mean of what a histogram or summary saw, by its labels; of several processes, all together. */
export function means(grown: Readonly<Record<string, number>>): Record<string, number> {
  const result: Record<string, number> = {}
  for (const [name, count] of Object.entries(grown)) {
    if (!/_count(\{|$)/.test(name) || count <= 0) continue
    const sum = grown[name.replace(/_count(?=\{|$)/, '_sum')]
    if (sum !== undefined) result[name.replace(/_count(?=\{|$)/, '_mean')] = sum / count
  }
  return result
}
