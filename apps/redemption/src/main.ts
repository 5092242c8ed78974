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
const { db, pool, close } = connect({
  url: config.databaseUrl,
  applicationName: 'minnaken-redemption',
  connectionsMax: config.connectionsMax,
  onConnectionError: (error) => log.fault(error, { what: 'database connection' }),
  measure: (opened) => measurePool(metrics, opened),
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
  { origins: config.origins, log, metrics, ready: () => readyChecks(db, { ...config, now }) },
)
const running = await serve(service, config)
runUntilSignal({ ...running, log, close })
announce('redemption', running.url)
