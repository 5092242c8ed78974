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
  yieldToTills,
} from '@minnaken/http'
import { settlementService } from './app.ts'
import { openDeps } from './deps.ts'
import { finishPostings } from './pay/finish.ts'

const config = readConfig({ port: 8092, connectionsMax: 4 }, process.env)
const log = createLog({ service: 'settlement' })
const token = config.metricsToken
const metrics = createMetrics({ service: 'settlement', token, isOfProcess: true })
yieldToTills()
const now = startClock(config)
const { db, close } = connect({
  url: config.databaseUrl,
  applicationName: 'minnaken-settlement',
  connectionsMax: config.connectionsMax,
  onConnectionError: (error) => log.fault(error, { what: 'database connection' }),
  measure: (opened) => measurePool(metrics, opened),
})
const deps = openDeps({
  db,
  origins: config.origins,
  now,
  newId: startIds({ now, randomBytes }),
  randomBytes,
  isBankInvented: process.env['MINNAKEN_INVENTED_BANK'] === '1',
})
const service = settlementService(deps, {
  origins: config.origins,
  log,
  metrics,
  ready: () => readyChecks(db, { ...config, now }),
})
const running = await serve(service, config)
// What a process that was killed had decided and not posted is posted now.
finishPostings(deps).catch((error: unknown) => log.fault(error, { what: 'unfinished postings' }))
runUntilSignal({ ...running, log, close })
announce('settlement', running.url)
