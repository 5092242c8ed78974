import { randomBytes } from 'node:crypto'
import { connect, readyChecks } from '@minnaken/db'
import {
  announce,
  createLog,
  createMetrics,
  measurePool,
  readConfig,
  runUntilSignal,
  serve,
  startClock,
  startIds,
} from '@minnaken/http'
import { CampaignBook } from '@minnaken/ledger'
import { redemptionService } from './app.ts'

const config = readConfig({ port: 8091, connectionsMax: 8 }, process.env)
const log = createLog({ service: 'redemption' })
const token = config.metricsToken
const metrics = createMetrics({ service: 'redemption', token, isOfProcess: true })
const now = startClock(config)
const each = {
  url: config.databaseUrl,
  onConnectionError: (error: Error) => log.fault(error, { what: 'database connection' }),
}
const { db, pool, close } = connect({
  ...each,
  applicationName: 'minnaken-redemption',
  connectionsMax: config.connectionsMax,
  measure: (opened) => measurePool(metrics, opened),
})
// Reports and balances wait for each other here, and no payment and no void waits for them.
const aside = connect({
  ...each,
  applicationName: 'minnaken-redemption-aside',
  connectionsMax: 4,
  measure: (opened) => measurePool(metrics, opened, 'pool_aside'),
})
const service = redemptionService(
  {
    db,
    pool,
    campaigns: new CampaignBook(db),
    now,
    elapsedMs: () => performance.now(),
    newId: startIds({ now, randomBytes }),
    randomBytes,
  },
  {
    origins: config.origins,
    log,
    metrics,
    aside,
    // A thousand at work are a second of payments: reports are let go long before.
    limits: { shedAt: { report: 250, sale: 1_000, balance: 1_000 } },
    ready: () => readyChecks(db, { ...config, now }),
  },
)
const running = await serve(service, config)
runUntilSignal({
  ...running,
  log,
  close: async () => {
    await Promise.all([close(), aside.close()])
  },
})
announce('redemption', running.url)
