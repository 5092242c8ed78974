import { readFileSync } from 'node:fs'
import { buildPublication, parseDraw } from '@minnaken/domain'
import { drawHashes } from '../src/draw/hashes.ts'

/**
 * Draws a list of `make-applications.ts` and writes its publication file, for `minnaken verify-draw`:
 *
 *     npx node apps/cli/tests/make-publication.ts list.json > publication.json
 *
 * The secret is made from the list's seed, so the same list always gives the same file.
 */
const parsed = parseDraw(JSON.parse(readFileSync(process.argv[2] ?? 0, 'utf8')))
if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
const hashes = drawHashes()
const { terms, applications, seed } = parsed.draw
const { text } = buildPublication({
  seedSecret: hashes.sha256Hex(seed),
  publicValue: 'invented closing figure 38,915.87',
  terms,
  applications,
  program: 'minnaken 0.1.0',
  hashes,
})
process.stdout.write(text)
