import { conventionalDesk } from './conventional-desk.ts'
import { runBaseline, withDesk } from './process.ts'

/** The design that one would write first: every request has a transaction of its own. */
await runBaseline('conventional', { connectionsMax: 16, build: withDesk(conventionalDesk) })
