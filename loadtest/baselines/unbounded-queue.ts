import { runBaseline, withDesk } from './process.ts'
import { unboundedDesk } from './unbounded-desk.ts'

/** The product's batches behind a queue that never refuses: what overload does without a bound. */
await runBaseline('unbounded-queue', {
  connectionsMax: 8,
  build: withDesk(unboundedDesk, { inFlightMax: Infinity, handlerMs: 600_000 }),
})
