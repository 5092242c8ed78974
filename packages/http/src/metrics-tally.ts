type Labels = Readonly<Record<string, string | number>>

/** `bounds` ascend. */
export type TallyOf = Readonly<{ name: string; help: string; bounds: readonly number[] }>

export type Tally = (amount: number) => void

/** A histogram of Prometheus with as many members as there are sets of labels. */
export type TallyFamily = Readonly<{
  /** A member of its own, at zero. The same labels are asked for once. */
  member: (labels: Labels) => Tally
  text: () => string
}>

/**
 * Counts amounts by their size, up to each bound and with it.
 *
 * `prom-client` puts the labels together into a text at each amount, which took 290 to 460 ns;
 * a payment is counted twice, and this takes some 20 ns.
 */
export function tallyFamily({
  name,
  help,
  bounds,
  always,
}: TallyOf &
  Readonly<{
    /** Labels of every member. */
    always: Labels
  }>): TallyFamily {
  const members: (() => string)[] = []
  return {
    member: (labels) => {
      const written = Object.entries({ ...labels, ...always })
        .map(([label, value]) => `${label}="${value}"`)
        .join()
      const counts = new Float64Array(bounds.length + 1)
      let sum = 0
      members.push(() => {
        let count = 0
        const buckets = [...bounds, '+Inf'].map((bound, at) => {
          count += counts[at] ?? 0
          return `${name}_bucket{${written},le="${bound}"} ${count}\n`
        })
        const whole = `${name}_sum{${written}} ${sum}\n${name}_count{${written}} ${count}\n`
        return buckets.join('') + whole
      })
      return (amount) => {
        let at = 0
        while (at < bounds.length && amount > (bounds[at] ?? 0)) at += 1
        counts[at] = (counts[at] ?? 0) + 1
        sum += amount
      }
    },
    text: () =>
      `# HELP ${name} ${help}\n# TYPE ${name} histogram\n${members.map((tell) => tell()).join('')}`,
  }
}
