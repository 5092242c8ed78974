import { readFile, readdir } from 'node:fs/promises'

/** Linux counts CPU time in hundredths of a second, whatever the processor. */
const TICK_US = 10_000

type Stat = Readonly<{ pid: number; parent: number; ownTicks: number; endedTicks: number }>

/**
 * CPU time in µs that these processes, their children and their ended children have used so far.
 *
 * A child that ends is added to what its parent says of ended children, so nothing is lost and the
 * sum never falls. A process that is not there any more counts nothing.
 */
export async function cpuOf(roots: readonly number[]): Promise<number> {
  const stats = await allStats()
  const family = new Set(roots)
  for (let size = -1; size !== family.size;) {
    size = family.size
    for (const { pid, parent } of stats) if (family.has(parent)) family.add(pid)
  }
  let ticks = 0
  for (const { pid, ownTicks, endedTicks } of stats)
    if (family.has(pid)) ticks += ownTicks + endedTicks
  return ticks * TICK_US
}

async function allStats(): Promise<Stat[]> {
  const names = await readdir('/proc').catch(() => {
    throw new Error('CPU time is read from /proc, which only Linux has')
  })
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')),
  )
  return found.filter((text) => text !== '').map(statOf)
}

/** The name of a process stands in brackets and may hold anything, so reading begins after it. */
function statOf(text: string): Stat {
  const rest = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const field = (place: number): number => Number(rest[place - 3])
  return {
    pid: Number.parseInt(text, 10),
    parent: field(4),
    ownTicks: field(14) + field(15),
    endedTicks: field(16) + field(17),
  }
}
