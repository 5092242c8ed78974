import { isoOf } from '@minnaken/http'
import type { Instant } from '@minnaken/domain'
import { sha256Hex } from '../hashes.ts'

/** One version of a wish, as its receipt states it. */
export type Receipt = Readonly<{
  campaign: string
  applicationNo: string
  units: number
  group: string | null
  state: 'active' | 'withdrawn'
  changeNo: number
  appliedAt: Instant
  changedAt: Instant
  digest: string
}>

/**
 * The digest on a receipt: SHA-256 (hex) over these lines, joined by line feeds, none at the end.
 *
 *     minnaken-application-v1
 *     campaign=MIRAI2027
 *     application=7K3M9QXW2D
 *     change=1
 *     state=active
 *     units=5
 *     group=RESIDENT
 *     at=2026-12-01T01:00:00.000Z
 *
 * Everything in it stands on the receipt too, so anybody who holds one can compute it again.
 */
export const receiptDigest = (version: Omit<Receipt, 'digest' | 'appliedAt'>): string =>
  sha256Hex(
    [
      'minnaken-application-v1',
      `campaign=${version.campaign}`,
      `application=${version.applicationNo}`,
      `change=${version.changeNo}`,
      `state=${version.state}`,
      `units=${version.units}`,
      `group=${version.group ?? ''}`,
      `at=${isoOf(version.changedAt)}`,
    ].join('\n'),
  )

/** A receipt with its digest. */
export const receiptOf = (version: Omit<Receipt, 'digest'>): Receipt => ({
  ...version,
  digest: receiptDigest(version),
})
