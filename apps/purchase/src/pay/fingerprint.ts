import { canonicalJson } from '@minnaken/domain'
import { sha256 } from '../hashes.ts'

/**
 * What a repeated request has to be the same in: who, which route, and what was read from it.
 * The order of fields and the card's token, which a form may make anew, do not count.
 */
export const orderFingerprint = (
  request: Readonly<{
    accountId: string
    campaign: string
    sale: string
    units: number
    method: string
  }>,
): Buffer => sha256(canonicalJson({ route: 'post /v1/campaigns/:code/orders', ...request }))
