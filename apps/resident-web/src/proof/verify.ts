import { parsePublication, type Publication, seedOf, verifyPublication } from '@minnaken/domain'
import { hmacSha256Hex, sha256Hex } from './sha256.ts'

/** What was told before anybody could know the result. */
export type Promised = Readonly<{
  seedCommit: string | null
  listDigest: string | null
  membersDigest: string | null
  termsDigest: string | null
}>

/** What this person was told of their own place. */
export type Told = Readonly<{ id: string; message: string; units: number; score: string }>

/** What came of doing a published draw again, on this phone. */
export type Checked =
  | Readonly<{ kind: 'same'; applicants: number; units: number; mine: Mine | null }>
  /** `path` is the first thing that is not as it was promised, published or told. */
  | Readonly<{ kind: 'different'; path: string }>
  | Readonly<{ kind: 'unreadable' }>

type Mine = Readonly<{ requested: number; units: number; score: string }>

const hashes = { sha256Hex, hmacSha256Hex }

/**
 * Does the draw again from its file. The file is the one that was promised: the secret, the list
 * and the terms were fixed before. The list and the secret give the published result, and the
 * person's own units and score are what they were told.
 */
export function checkDraw({
  file,
  promised,
  told,
}: Readonly<{ file: unknown; promised: Promised; told: Told | null }>): Checked {
  const reading = parsePublication(file)
  if (!('publication' in reading)) return { kind: 'unreadable' }
  const { publication } = reading
  const broken = brokenPromise(publication, promised)
  if (broken !== null) return { kind: 'different', path: broken }
  const { verified, firstDifference } = verifyPublication(publication, hashes)
  if (!verified) return { kind: 'different', path: firstDifference?.path ?? '' }
  const { applications, terms } = publication
  const same = { kind: 'same', applicants: applications.length, units: terms.units } as const
  if (told === null) return { ...same, mine: null }
  const mine = mineIn(publication, told)
  if (mine === null) return { kind: 'different', path: `applications.${told.id}` }
  if (mine.units !== told.units) return { kind: 'different', path: `allocation.${told.id}` }
  if (mine.score !== told.score) return { kind: 'different', path: `score.${told.id}` }
  return { ...same, mine }
}

function brokenPromise(publication: Publication, promised: Promised): string | null {
  const pairs = [
    ['commit', publication.commit, promised.seedCommit],
    ['listDigest', publication.listDigest, promised.listDigest],
    ['membersDigest', publication.membersDigest, promised.membersDigest],
    ['termsDigest', publication.termsDigest, promised.termsDigest],
  ] as const
  return pairs.find(([, published, before]) => published !== before)?.[0] ?? null
}

function mineIn(publication: Publication, { id, message }: Told): Mine | null {
  const own = publication.applications.find((each) => each.id === id)
  if (own === undefined) return null
  const { allocation } = publication.result as Readonly<{ allocation: Record<string, number> }>
  return {
    requested: own.request,
    units: allocation[id] ?? 0,
    score: hmacSha256Hex(seedOf(publication), message),
  }
}
