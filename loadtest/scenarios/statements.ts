import { randomBytes } from 'node:crypto'
import { connect } from '@minnaken/db'
import { uuidv7 } from '@minnaken/domain'
import { redemptionDeps } from '../baselines/process.ts'
import { type BatchTiming, readPayers, timeBatches } from '../baselines/statements.ts'
import { checkCount } from '../rig/books.ts'
import { spreadOf } from '../rig/latency.ts'
import type { Rig } from '../rig/rig.ts'
import { defineScenario } from '../rig/scenario.ts'

/** What the statements alone cost: batches over one connection, without HTTP, signatures and a queue. */
export const statements = defineScenario({
  name: 'statements',
  explains:
    'PostgreSQL alone, as by pgbench: the statements of the product, batch after batch over one connection, sizes in turn; ' +
    'what a payment costs PostgreSQL, what it writes to its log, and with --explain what each statement takes; ' +
    'passes when every payment that was decided is in the ledger and the books balance',
  flags: {
    batches: { otherwise: '1,32,64,256', explains: 'payments in a batch, separated by commas' },
    seconds: { otherwise: 5, explains: 'how long each size is measured' },
    rounds: { otherwise: 3, explains: 'how often each size is measured' },
  },
  run: async (rig, { batches, seconds, rounds: times }) => {
    const sizes = batches.split(',').map(Number)
    const rounds = await timeAll(rig, { sizes, seconds, times })
    const count = rounds.reduce((sum, it) => sum + it.redemptions + it.redemptionsBefore, 0)
    const books = await checkCount(rig.platform.ownerUrl, { seeded: rig.seeded, count })
    const summary = sizes.map((size) =>
      summaryOf(
        size,
        rounds.filter(({ batchSize }) => batchSize === size),
      ),
    )
    return {
      passed: count > 0 && books.balanced,
      line: summary
        .map(
          ({ batchSize, perSecond, postgresUs, walBytes }) =>
            `batches of ${batchSize}: ${perSecond.median}/s, PostgreSQL ${postgresUs.median} µs ` +
            `and ${walBytes.median} bytes of log a payment`,
        )
        .join('; '),
      numbers: { summary, rounds, count, books },
    }
  },
})

const now = (): number => Date.now()
const newId = (): string => uuidv7(now(), randomBytes(10))

async function timeAll(
  rig: Rig,
  { sizes, seconds, times }: Readonly<{ sizes: readonly number[]; seconds: number; times: number }>,
): Promise<BatchTiming[]> {
  const { db, pool, close } = connect({
    url: rig.platform.urlFor('redemption'),
    applicationName: 'minnaken-statements',
    connectionsMax: 1,
  })
  try {
    const deps = redemptionDeps({ db, pool, now, newId })
    const payers = await readPayers(pool)
    const rounds: BatchTiming[] = []
    for (let round = 0; round < times; round++)
      for (const batchSize of sizes) {
        const timing = await timeBatches(deps, { payers, batchSize, seconds })
        rig.say(
          `batches of ${batchSize}: ${timing.redemptionsPerSecond}/s, ${timing.postgresUsEach} µs`,
        )
        rounds.push(timing)
      }
    return rounds
  } finally {
    await close()
  }
}

const summaryOf = (batchSize: number, rounds: readonly BatchTiming[]) => ({
  batchSize,
  perSecond: spreadOf(rounds.map((it) => it.redemptionsPerSecond)),
  postgresUs: spreadOf(rounds.map((it) => it.postgresUsEach)),
  clientUs: spreadOf(rounds.map((it) => it.clientUsEach)),
  walBytes: spreadOf(rounds.map((it) => it.walBytesEach)),
})
