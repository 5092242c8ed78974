/** What a scrape says: every sample by its name and labels as they are written. */
export type Scrape = ReadonlyMap<string, number>

const name = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const label = `[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\[\\\\"n])*"`
const sample = new RegExp(
  `^(${name})(?:\\{(${label}(?:,${label})*)\\})? ([-+]?(?:Inf|\\d+(?:\\.\\d+)?(?:e[-+]?\\d+)?))$`,
)
const help = new RegExp(`^# HELP (${name}) \\S.*$`)
const type = new RegExp(`^# TYPE (${name}) (counter|gauge|histogram|summary)$`)

/** Reads Prometheus text. Throws at the first line that is none, or that contradicts another. */
export function readScrape(text: string): Scrape {
  const samples = new Map<string, number>()
  const types = new Map<string, string>()
  const helped = new Set<string>()
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [, about] = help.exec(line) ?? []
    if (about !== undefined) {
      helped.add(about)
      continue
    }
    const [, typed = '', as = ''] = type.exec(line) ?? []
    if (typed !== '') {
      if (types.has(typed) || !helped.has(typed)) throw new Error(`twice, or unexplained: ${line}`)
      types.set(typed, as)
      continue
    }
    const [, of = '', labels = '', amount = ''] = sample.exec(line) ?? []
    if (of === '') throw new Error(`no line of Prometheus: ${line}`)
    const family = types.has(of) ? of : of.replace(/_(?:bucket|sum|count)$/, '')
    if (!types.has(family)) throw new Error(`of no family: ${line}`)
    const key = `${of}{${labels.split(',').toSorted().join()}}`
    if (samples.has(key)) throw new Error(`twice: ${line}`)
    samples.set(key, Number(amount.replace('Inf', 'Infinity')))
  }
  return samples
}

/** The sum of every sample of this name that has all of these labels. */
export function sumOf(
  scrape: Scrape,
  of: string,
  labels: Readonly<Record<string, string | number>> = {},
): number {
  const wanted = Object.entries(labels).map(([key, value]) => `${key}="${value}"`)
  let sum = 0
  for (const [key, amount] of scrape)
    if (key.startsWith(`${of}{`) && wanted.every((each) => key.includes(each))) sum += amount
  return sum
}
