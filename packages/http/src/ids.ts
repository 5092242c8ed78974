import { type Instant, uuidv7 } from '@minnaken/domain'

const BYTES_EACH = 10
const DRAWN = 400 * BYTES_EACH

/**
 * Makes the ids of one process: UUIDs in the order of time.
 *
 * Their random part is drawn for 400 of them at a time, because asking the system for each took a
 * twentieth of a redemption. For ids only: what has to stay secret is drawn by itself.
 */
export function startIds({
  now,
  randomBytes,
}: Readonly<{ now: () => Instant; randomBytes: (count: number) => Uint8Array }>): () => string {
  let drawn = randomBytes(DRAWN)
  let at = 0
  return () => {
    if (at === DRAWN) {
      drawn = randomBytes(DRAWN)
      at = 0
    }
    at += BYTES_EACH
    return uuidv7(now(), drawn.subarray(at - BYTES_EACH, at))
  }
}
