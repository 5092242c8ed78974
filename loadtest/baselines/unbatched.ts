import { unbatchedDesk } from './conventional-desk.ts'
import { runBaseline, withDesk } from './process.ts'

/** What batching alone is worth: the product's trips, with one request in each. */
await runBaseline('unbatched', { connectionsMax: 16, build: withDesk(unbatchedDesk) })
