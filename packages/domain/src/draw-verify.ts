import { allocateUnits } from './allocation.ts'
import { commitOf, listDigestOf, membersDigestOf, seedOf, termsDigestOf } from './draw-digest.ts'
import { sortById } from './draw-order.ts'
import type { Publication } from './draw-publication.ts'
import { firstDifference, resultOf, type ResultDifference } from './draw-result.ts'
import type { DrawHashes } from './draw-terms.ts'

export type Verification = Readonly<{
  verified: boolean
  firstDifference: ResultDifference | null
}>

/**
 * Does a published draw again and compares everything, in this order: the commit of the secret, the
 * digests of list, members and terms, then the result field by field.
 *
 * `program` is not compared: another program, in another language, must come to the same result.
 */
export function verifyPublication(publication: Publication, hashes: DrawHashes): Verification {
  const { terms, seedSecret } = publication
  const applications = sortById(publication.applications)
  const claims = [
    ['commit', publication.commit, () => commitOf(seedSecret, hashes)],
    ['listDigest', publication.listDigest, () => listDigestOf(applications, hashes)],
    ['membersDigest', publication.membersDigest, () => membersDigestOf(applications, hashes)],
    ['termsDigest', publication.termsDigest, () => termsDigestOf(terms, hashes)],
  ] as const
  for (const [path, published, compute] of claims) {
    const computed = compute()
    if (published !== computed)
      return { verified: false, firstDifference: { path, published, computed } }
  }
  const draw = { terms, seed: seedOf(publication), applications }
  const computed = resultOf(allocateUnits({ draw, hashes }))
  const difference = firstDifference('result', publication.result, computed)
  return { verified: difference === null, firstDifference: difference }
}
