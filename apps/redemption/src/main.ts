import { randomBytes } from 'node:crypto'
import { connect, readyChecks } from '@minnaken/db'
import {
  announce,
  createLog,
  createMetrics,
  type PoolName,
  measurePool,
  readConfig,
  runUntilSignal,
  serve,
  startClock,
  startIds,
} from '@minnaken/http'
import { CampaignBook } from '@minnaken/ledger'
import { redemptionService } from './app.ts'
import { crowd } from './crowd.ts'

// Each of a bucket's two queues uses one.
const config = readConfig({ port: 8091, connectionsMax: 6 }, process.env)
const log = createLog({ service: 'redemption' })
const token = config.metricsToken
const metrics = createMetrics({ service: 'redemption', token, isOfProcess: true })
const now = startClock(config)
const open = (called: PoolName, connectionsMax: number) =>
  connect({
    url: config.databaseUrl,
    applicationName: `minnaken-redemption${called.slice('pool'.length).replace('_', '-')}`,
    connectionsMax,
    onConnectionError: (error) => log.fault(error, { what: 'database connection' }),
    measure: (opened) => measurePool(metrics, opened, called),
  })
// Batches have connections to themselves, and voids have two: one till that voids without end waits
// for itself and for other voids, and no payment for any of them. Who asks, and with which phone and
// number, is looked up by others: anybody can ask, and whoever is unknown is looked up each time.
// Reports and balances wait for each other by a fourth kind.
const payments = open('pool', config.connectionsMax)
const voids = open('pool_voids', 2)
const lookups = open('pool_lookups', 4)
const aside = open('pool_aside', 4)
const service = redemptionService(
  {
    db: lookups.db,
    pool: lookups.pool,
    campaigns: new CampaignBook(aside.db),
    now,
    elapsedMs: () => performance.now(),
    newId: startIds({ now, randomBytes }),
    randomBytes,
  },
  {
    origins: config.origins,
    log,
    metrics,
    payments,
    voids,
    aside,
    // A thousand at work are a second of payments: reports are let go long before.
    limits: { shedAt: { report: 250, sale: 1_000, balance: 1_000 } },
    // Ready is who can take payments.
    ready: () => readyChecks(payments.db, { ...config, now }),
  },
)
const running = await serve(service, { ...config, ...crowd })
runUntilSignal({
  ...running,
  log,
  close: async () => {
    await Promise.all([payments, voids, lookups, aside].map((each) => each.close()))
  },
})
announce('redemption', running.url)
