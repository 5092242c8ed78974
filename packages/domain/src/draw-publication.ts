import { allocateUnits, type Allocation } from './allocation.ts'
import { assert } from './assert.ts'
import { canonicalJson } from './canonical-json.ts'
import { type FileFault, needed, optional, type Read, record } from './campaign-reader.ts'
import { anyList, checkApplications } from './draw-applications.ts'
import { commitOf, listDigestOf, membersDigestOf, seedOf, termsDigestOf } from './draw-digest.ts'
import { readTerms } from './draw-input.ts'
import { sortById } from './draw-order.ts'
import { faultList, line, seedText } from './draw-reader.ts'
import { joined, printResult, resultOf } from './draw-result.ts'
import { termsJson, type DrawApplication, type DrawHashes, type DrawTerms } from './draw-terms.ts'

/** What a draw leaves behind for everyone: enough to do it again and to see that it was fixed before. */
export type Publication = Readonly<{
  commit: string
  seedSecret: string
  publicValue?: string
  terms: DrawTerms
  applications: readonly DrawApplication[]
  listDigest: string
  membersDigest: string
  termsDigest: string
  /** As published: not looked at until it is compared. */
  result: unknown
  /** What made it; for people to read. */
  program: unknown
}>

const anything: Read<unknown> = (value) => value

/** 256 bits as a person can copy them. The secret is hashed as this text, not as the bytes it names. */
const secretHex: Read<string> = (value, path, note) => {
  if (typeof value === 'string' && /^[0-9a-f]{64}$/i.test(value)) return value
  const words = { ja: '16進数64桁で書いてください', en: 'must be 64 hex characters' }
  note({ path, rule: 'secret', ...words })
  return undefined
}

const readFields = record({
  commit: needed(line),
  seedSecret: needed(secretHex),
  publicValue: optional(seedText, null),
  terms: needed(anything),
  applications: needed(anyList),
  listDigest: needed(line),
  membersDigest: needed(line),
  termsDigest: needed(line),
  result: needed(anything),
  program: needed(anything),
})

/**
 * Reads a publication file; what it claims is not checked here, only that it can be checked.
 *
 * Refused with its path: everything that `parseDraw` refuses in terms and applications, a secret
 * that is not 64 hex characters, and a field that is missing, unknown or of another type.
 */
export function parsePublication(
  value: unknown,
): Readonly<{ publication: Publication } | { faults: readonly FileFault[] }> {
  const { faults, note } = faultList()
  const read = readFields(value, '', note)
  if (read === undefined || faults.length > 0) return { faults }
  const terms = readTerms(read.terms, 'terms', note)
  if (terms === undefined || faults.length > 0) return { faults }
  const isSound = checkApplications(read.applications, { terms, note })
  return isSound ? { publication: value as Publication } : { faults }
}

/**
 * Runs a draw and writes its publication file: JSON, one application per line.
 *
 * The same draw gives the same bytes every time, in whatever order the applications come.
 *
 * Throws when the file would not be readable by `parsePublication`.
 */
export function buildPublication({
  seedSecret,
  publicValue,
  terms,
  applications,
  program,
  hashes,
}: Readonly<{
  seedSecret: string
  publicValue?: string
  terms: DrawTerms
  applications: readonly DrawApplication[]
  program: string
  hashes: DrawHashes
}>): Readonly<{ text: string; allocation: Allocation }> {
  const sorted = sortById(applications)
  const commit = commitOf(seedSecret, hashes)
  const listDigest = listDigestOf(sorted, hashes)
  const membersDigest = membersDigestOf(sorted, hashes)
  const termsDigest = termsDigestOf(terms, hashes)
  const secret = publicValue === undefined ? { seedSecret } : { seedSecret, publicValue }
  const head = { commit, ...secret }
  const digests = { listDigest, membersDigest, termsDigest }
  const reading = parsePublication({
    ...head,
    terms,
    applications: sorted,
    ...digests,
    result: {},
    program,
  })
  assert('publication' in reading, `a draw is published soundly: ${JSON.stringify(reading)}`)

  const draw = { terms, seed: seedOf(secret), applications: sorted }
  const allocation = allocateUnits({ draw, hashes })
  const text = [
    `${JSON.stringify(head).slice(0, -1)},\n"terms":${canonicalJson(termsJson(terms))},\n`,
    '"applications":[\n',
    ...joined(sorted.length, (at) => `${at === 0 ? '' : '\n'}${printedApplication(sorted[at])}`),
    `\n],\n${JSON.stringify(digests).slice(1, -1)},\n"result":`,
    ...printResult(resultOf(allocation)),
    `,\n"program":${JSON.stringify(program)}}\n`,
  ].join('')
  return { text, allocation }
}

function printedApplication(application: DrawApplication | undefined): string {
  assert(application !== undefined, 'the list has no holes')
  const { id, request, group, household } = application
  const named = `${group === undefined ? '' : `,"group":${JSON.stringify(group)}`}${
    household === undefined ? '' : `,"household":${JSON.stringify(household)}`
  }`
  return `{"id":${JSON.stringify(id)},"request":${request}${named}}`
}
