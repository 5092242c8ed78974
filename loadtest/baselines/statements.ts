import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { connect } from '@minnaken/db'
import { uuidv7 } from '@minnaken/domain'
import { CampaignBook } from '@minnaken/ledger'
import { readPayers, timeBatches } from './statements-run.ts'

const { values } = parseArgs({
  options: {
    batches: { type: 'string', default: '1,16,64,128,256' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '1' },
  },
})

/**
 * PostgreSQL alone: the product's transaction in batches over one connection, with no HTTP, no
 * signatures and no queue. Writes one line of JSON for each size of batch, in turns.
 *
 * DATABASE_URL is that of the redemption role, on a seeded platform on this machine.
 */
const url = process.env['DATABASE_URL']
if (url === undefined) throw new Error('DATABASE_URL: the seeded platform is needed')
const { db, pool, close } = connect({
  url,
  applicationName: 'minnaken-statements',
  connectionsMax: 1,
})
const now = () => Date.now()
const deps = {
  db,
  pool,
  campaigns: new CampaignBook(db),
  now,
  elapsedMs: () => performance.now(),
  newId: () => uuidv7(now(), randomBytes(10)),
  randomBytes,
}
const sizes = values.batches.split(',').map(Number)
const payers = await readPayers(pool)
for (let round = 1; round <= Number(values.rounds); round++)
  for (const batchSize of sizes) {
    const timing = await timeBatches(deps, { payers, batchSize, seconds: Number(values.seconds) })
    process.stdout.write(`${JSON.stringify({ round, ...timing })}\n`)
  }
await close()
