import { Counter, Gauge, Registry } from 'prom-client'
import { measureProcess } from './metrics-process.ts'
import { mayRead, type Reader } from './metrics-readers.ts'
import { requestMetrics, type Answered, type Unreadable } from './metrics-requests.ts'
import { tallyFamily, type TallyFamily, type TallyOf } from './metrics-tally.ts'

type Named = Readonly<{ name: `minnaken_${string}`; help: string }>

/** One label and every value that it can ever have: none of them comes from a request. */
type Labelled<Value extends string> = Named & Readonly<{ label: string; values: readonly Value[] }>

/**
 * What a service counts and times of itself, in the words of Prometheus. One for each service.
 *
 * It holds no personal data and no id: every label has its values from our own declarations.
 * Times are in seconds. To count a payment costs a tenth of a microsecond, all in all.
 */
export type Metrics = Readonly<{
  /** This problem may come to be counted, and is zero until then. */
  expect: (line: Required<Pick<Answered, 'method' | 'route' | 'code'>>) => void
  /** A request was answered; the line is the one of the log. */
  answered: (line: Answered) => void
  /** Something that never became a request was refused. */
  unreadable: (code: Unreadable) => void
  /** Counters that start at zero, one for each value of the label. */
  counters: <const Value extends string>(of: Labelled<Value>) => Record<Value, () => void>
  histograms: <const Value extends string>(
    of: Labelled<Value> & Readonly<{ bounds: readonly number[] }>,
  ) => Record<Value, (amount: number) => void>
  /** What is read at the moment of the question. */
  gauge: (of: Named & Readonly<{ read: () => number }>) => void
  gauges: <const Value extends string>(
    of: Labelled<Value> & Readonly<{ read: () => Readonly<Record<Value, number>> }>,
  ) => void
  /** Whether this caller may read all of it. */
  mayBeReadBy: (reader: Reader) => boolean
  text: () => Promise<string>
  contentType: string
}>

/** Opens the metrics of a service. With `isOfProcess` they tell of its process too. */
export function createMetrics({
  service,
  token = null,
  isOfProcess = false,
}: Readonly<{
  service: string
  /** Lets in readers from elsewhere; without it there are none. */
  token?: string | null
  isOfProcess?: boolean
}>): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  const registers = [registry]
  const families: TallyFamily[] = []
  const family = (of: TallyOf): TallyFamily => {
    const made = tallyFamily({ ...of, always: { service } })
    families.push(made)
    return made
  }
  const gauges: Metrics['gauges'] = ({ name, help, label, values, read }) => {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: [label],
      registers,
      collect: () => {
        const amounts = read()
        for (const value of values) gauge.set({ [label]: value }, amounts[value])
      },
    })
  }
  const metrics: Metrics = {
    ...requestMetrics(registry, family),
    counters: ({ name, help, label, values }) => {
      const counter = new Counter({ name, help, labelNames: [label], registers })
      return byValue(values, (value) => {
        const bound = counter.labels(value)
        bound.inc(0)
        return () => bound.inc()
      })
    },
    histograms: ({ label, values, ...of }) => {
      const { member } = family(of)
      return byValue(values, (value) => member({ [label]: value }))
    },
    gauge: ({ name, help, read }) => {
      const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(read()) })
    },
    gauges,
    mayBeReadBy: (reader) => mayRead(reader, token),
    text: async () => [await registry.metrics(), ...families.map((it) => it.text())].join('\n'),
    contentType: registry.contentType,
  }
  if (isOfProcess) measureProcess(registry, gauges)
  return metrics
}

const byValue = <Value extends string, T>(
  values: readonly Value[],
  make: (value: Value) => T,
): Record<Value, T> =>
  Object.fromEntries(values.map((value) => [value, make(value)])) as Record<Value, T>
