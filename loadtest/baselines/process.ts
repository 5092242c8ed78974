import { randomBytes } from 'node:crypto'
import { type Connection, type ConnectOptions, connect, readyChecks } from '@minnaken/db'
import type { Instant } from '@minnaken/domain'
import {
  type Limits,
  type Log,
  type Metrics,
  type ProcessConfig,
  type ReadyChecks,
  type Service,
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
import { redemptionService } from '@minnaken/redemption'
import { type Deps, type Desk, crowd } from '@minnaken/redemption/parts'

/** What a baseline's service is built of, wired as the product's `main.ts` wires it. */
export type BaselineProcess = Readonly<{
  db: Connection['db']
  pool: Connection['pool']
  log: Log
  metrics: Metrics
  now: () => Instant
  origins: ProcessConfig['origins']
  newId: () => string
  ready: () => Promise<ReadyChecks>
}>

/** Runs a baseline as a process: the environment, readiness, log and end are the product's. */
export async function runBaseline(
  name: string,
  {
    connection,
    connectionsMax,
    build,
  }: Readonly<{
    connectionsMax: number
    connection?: Pick<ConnectOptions, 'statementTimeoutMs' | 'lockTimeoutMs'>
    build: (given: BaselineProcess) => Service
  }>,
): Promise<void> {
  const config = readConfig({ port: 8081, connectionsMax }, process.env)
  const log = createLog({ service: name })
  const metrics = createMetrics({ service: name, token: config.metricsToken, isOfProcess: true })
  const now = startClock(config)
  const { db, pool, close } = connect({
    ...connection,
    url: config.databaseUrl,
    applicationName: `minnaken-${name}`,
    connectionsMax: config.connectionsMax,
    onConnectionError: (error) => log.fault(error, { what: 'database connection' }),
    measure: (opened) => measurePool(metrics, opened),
  })
  const service = build({
    db,
    pool,
    log,
    metrics,
    now,
    origins: config.origins,
    newId: startIds({ now, randomBytes }),
    ready: () => readyChecks(db, { ...config, now }),
  })
  const running = await serve(service, { ...config, ...crowd })
  runUntilSignal({ ...running, log, close })
  announce(name, running.url)
}

/** What the product's redemption verbs are handed. */
export const redemptionDeps = ({
  db,
  pool,
  now,
  newId,
}: Pick<BaselineProcess, 'db' | 'pool' | 'now' | 'newId'>): Deps => ({
  db,
  pool,
  campaigns: new CampaignBook(db),
  now,
  elapsedMs: () => performance.now(),
  newId,
  randomBytes,
})

/** The product's redemption service with another desk behind it. */
export const withDesk =
  (open: (deps: Deps) => Desk, limits: Partial<Limits> = {}) =>
  (given: BaselineProcess): Service => {
    const deps = redemptionDeps(given)
    const { log, metrics, origins, ready } = given
    return redemptionService(deps, { log, metrics, origins, ready, limits, desk: open(deps) })
  }
