import { canonicalJson } from './canonical-json.ts'
import { termsJson, type DrawApplication, type DrawHashes, type DrawTerms } from './draw-terms.ts'

/**
 * The digest that fixes who applied for how much: SHA-256 over the lines `id=request` joined by
 * line feeds, none at the end. The applications are in order of their ids.
 */
export const listDigestOf = (
  applications: readonly DrawApplication[],
  hashes: DrawHashes,
): string => hashes.sha256Hex(applications.map(({ id, request }) => `${id}=${request}`).join('\n'))

/** The digest that also fixes groups and households: over lines `id=request;group;household`. */
export const membersDigestOf = (
  applications: readonly DrawApplication[],
  hashes: DrawHashes,
): string =>
  hashes.sha256Hex(
    applications
      .map(
        ({ id, request, group, household }) => `${id}=${request};${group ?? ''};${household ?? ''}`,
      )
      .join('\n'),
  )

/** The digest that fixes units, caps, quotas and policy: over the terms as canonical JSON. */
export const termsDigestOf = (terms: DrawTerms, hashes: DrawHashes): string =>
  hashes.sha256Hex(canonicalJson(termsJson(terms)))

/** What is published before anyone can know the list: SHA-256 of the secret, as text. */
export const commitOf = (seedSecret: string, hashes: DrawHashes): string =>
  hashes.sha256Hex(seedSecret)

/** The seed: the secret, followed by the public value that nobody could choose, if there is one. */
export const seedOf = ({
  seedSecret,
  publicValue,
}: Readonly<{ seedSecret: string; publicValue?: string }>): string =>
  `${seedSecret}${publicValue ?? ''}`
