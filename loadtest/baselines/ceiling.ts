import { ceilingDesk } from './ceiling-desk.ts'
import { runBaseline, withDesk } from './process.ts'

/** How fast this server could be if a redemption cost the database nothing. Its books are empty. */
await runBaseline('ceiling', { connectionsMax: 8, build: withDesk(ceilingDesk) })
