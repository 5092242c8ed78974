import { statementMsMax } from '@minnaken/db'
import { runBaseline } from './process.ts'
import { sharedService } from './shared-service.ts'

/**
 * What separate processes are for, by doing without: sale and redemption share an event loop and
 * the connections that the two have together.
 *
 * No service's role may do both, so DATABASE_URL is the owner's, with the patience of purchase and
 * with redemption's settings of the planner: nothing but the sharing is to differ.
 */
await runBaseline('shared-process', {
  connectionsMax: 12,
  connection: { statementTimeoutMs: statementMsMax.purchase, lockTimeoutMs: 2_000 },
  build: sharedService,
})
