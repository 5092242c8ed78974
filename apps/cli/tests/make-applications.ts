import { parseArgs } from 'node:util'

/**
 * Writes an invented list for `minnaken draw allocate`, the same for the same arguments:
 *
 *     npx node apps/cli/tests/make-applications.ts 1000000 --units 2000000 > list.json
 *
 * Requests are 1 + ((31 i² + 17 i) mod 5). `--kind groups | quota | households` adds what those need;
 * `--shuffled` turns the list round, so that the program has to put it in order.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    units: { type: 'string' },
    kind: { type: 'string', default: 'together' },
    shuffled: { type: 'boolean', default: false },
  },
})
const count = Number(positionals[0] ?? '1000')
const units = Number(values.units ?? Math.floor((count * 5) / 3))

const terms = {
  algorithm: 'maxmin-v1',
  campaign: 'MIRAI2027',
  round: 'r1',
  units,
  cap: 5,
  ...(values.kind === 'groups' || values.kind === 'quota' ? { order: ['resident', 'worker'] } : {}),
  ...(values.kind === 'quota'
    ? { quota: { resident: units - Math.floor(units / 3), worker: Math.floor(units / 3) } }
    : {}),
  ...(values.kind === 'households' ? { householdCap: 8 } : {}),
}

function applicationAt(index: number): string {
  const id = `A${String(index).padStart(7, '0')}`
  const request = 1 + ((31 * (index % 5) ** 2 + 17 * (index % 5)) % 5)
  const group = index % 3 === 0 ? 'worker' : 'resident'
  const household = `H${String(Math.floor(index / 2)).padStart(7, '0')}`
  if (values.kind === 'households') return JSON.stringify({ id, request, household })
  if (values.kind === 'together') return JSON.stringify({ id, request })
  return JSON.stringify({ id, request, group })
}

const head = JSON.stringify({ ...terms, seed: 'invented seed, not a secret' }).slice(0, -1)
process.stdout.write(`${head},"applications":[\n`)
/** Walks through all indexes: the step has no factor in common with the count. */
const step = values.shuffled ? 7_919 : 1
let piece: string[] = []
for (let at = 0; at < count; at++) {
  piece.push(applicationAt((at * step) % count))
  if (piece.length < 10_000 && at < count - 1) continue
  process.stdout.write(`${piece.join(',\n')}${at < count - 1 ? ',\n' : '\n'}`)
  piece = []
}
process.stdout.write(']}\n')
