import type { Device } from '@minnaken/ui'

/**
 * This phone as it may be used: with the key that is kept here, if it is one of the person's own
 * phones that may pay. Null when it is none, undefined until that is known. Where their list
 * cannot be asked for (no network) the key alone counts.
 */
export function phoneOf(
  kept: Device | null | undefined,
  own: readonly Readonly<{ deviceId: string; revokedAt: string | null }>[] | undefined,
): Device | null | undefined {
  if (kept === undefined || kept === null || own === undefined) return kept
  const isLive = own.some(
    ({ deviceId, revokedAt }) => deviceId === kept.deviceId && revokedAt === null,
  )
  return isLive ? kept : null
}
