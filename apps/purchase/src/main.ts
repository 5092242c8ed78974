import { randomBytes } from 'node:crypto'
import { connect, readyChecks } from '@minnaken/db'
import {
  announce,
  createLog,
  createMetrics,
  measurePool,
  readConfig,
  runUntilSignal,
  secretOf,
  serve,
  startClock,
  startIds,
  yieldToTills,
} from '@minnaken/http'
import { measureGate } from './admission/measure.ts'
import { admissionSettings } from './admission/settings.ts'
import { purchaseService } from './app.ts'
import { openDeps } from './deps.ts'
import { sandboxProvider } from './pay/sandbox.ts'

// Whoever pays a sandbox slip pays nothing, so it is never on by accident.
if (process.env['MINNAKEN_SANDBOX'] !== '1')
  throw new Error(
    'MINNAKEN_SANDBOX=1: no payment company is set up, and the sandbox is not asked for',
  )
const config = readConfig({ port: 8090, connectionsMax: 4 }, process.env)
const log = createLog({ service: 'purchase' })
const token = config.metricsToken
const metrics = createMetrics({ service: 'purchase', token, isOfProcess: true })
yieldToTills()
const now = startClock(config)
const { db, close } = connect({
  url: config.databaseUrl,
  applicationName: 'minnaken-purchase',
  connectionsMax: config.connectionsMax,
  onConnectionError: (error) => log.fault(error, { what: 'database connection' }),
  measure: (opened) => measurePool(metrics, opened),
})
// Several processes that sign and read each other's notices need the same secret.
const givenOrNew = (name: string): string =>
  secretOf(process.env, name) ?? randomBytes(32).toString('base64url')
const sandbox = sandboxProvider(givenOrNew('MINNAKEN_SANDBOX_SECRET'))
// And those that read each other's admission tickets, also of before a restart.
const admissionSecret = givenOrNew('MINNAKEN_ADMISSION_SECRET')
const deps = openDeps({
  db,
  provider: sandbox,
  sandbox,
  log,
  admission: {
    secret: admissionSecret,
    settings: admissionSettings(config.connectionsMax, process.env),
  },
  origins: config.origins,
  now,
  newId: startIds({ now, randomBytes }),
  randomBytes,
})
measureGate(metrics, deps.gate)
const service = purchaseService(deps, {
  origins: config.origins,
  metrics,
  ready: () => readyChecks(db, { ...config, now }),
})
// In a rush most only hear their place in line; those whose turn it is go on between their rounds.
const running = await serve(service, { ...config, perRound: 8 })
runUntilSignal({ ...running, log, close })
announce('purchase', running.url)
