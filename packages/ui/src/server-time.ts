import { readStored, store } from './stored.ts'

/** How far the service's clock is ahead of this phone's. Kept, so that codes can be signed offline. */
let offsetMs = Number(readStored('server-offset') ?? '0') || 0

/** An answer that took longer says too little about when the service wrote it. */
const ROUND_TRIP_MS_MAX = 4_000

/**
 * Learns the service's time from an answer that tells it as `serverTime`: it was written about
 * halfway between asking and hearing.
 */
export function learnServerTime({
  body,
  sentAt,
  receivedAt,
}: Readonly<{ body: unknown; sentAt: number; receivedAt: number }>): void {
  if (typeof body !== 'object' || body === null || !('serverTime' in body)) return
  const { serverTime } = body
  const told = typeof serverTime === 'string' ? Date.parse(serverTime) : Number.NaN
  const isUsable = Number.isFinite(told) && receivedAt - sentAt <= ROUND_TRIP_MS_MAX
  if (!isUsable) return
  offsetMs = Math.round(told - (sentAt + receivedAt) / 2)
  store('server-offset', String(offsetMs))
}

/** The service's time: this phone's clock plus the difference that was last learned. */
export const serverNow = (): number => Date.now() + offsetMs
