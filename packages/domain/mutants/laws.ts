import { readFileSync } from 'node:fs'

/** A test that a law names: its file, and its name as it stands there. */
export type NamedTest = Readonly<{ file: string; name: string }>

/** A law of SPEC.md with the tests that hold it, and those that see it held in real browsers. */
export type Law = Readonly<{
  id: string
  title: string
  heldBy: readonly NamedTest[]
  seenBy: readonly NamedTest[]
}>

const laws = /\*\*(L\d+) — ([^\n]*?)\.\*\*[^\n]*(?:\n(?!\*\*L|## )[^\n]*)*/g

/**
 * Reads the numbered laws of SPEC.md: `**L7 — Title.** …`, `*Held by:* `file › name` · …` and, where
 * there are any, `*In real browsers:* `file › name` · …`.
 */
export function readLaws(): Law[] {
  const spec = readFileSync(new URL('../SPEC.md', import.meta.url), 'utf8')
  return [...spec.matchAll(laws)].map(([text, id = '', title = '']) => {
    const testsAfter = (heading: string): readonly NamedTest[] => {
      const line = text.split('\n').find((each) => each.startsWith(`*${heading}:*`)) ?? ''
      return [...line.matchAll(/`([^`›]+?) › ([^`]+)`/g)].map(
        ([, file = '', name = '']): NamedTest => ({ file, name }),
      )
    }
    return {
      id,
      title,
      heldBy: testsAfter('Held by'),
      seenBy: testsAfter('In real browsers'),
    }
  })
}

/**
 * What the title of a test looks like when it runs: the name, with anything in the places that
 * `test.each` fills (`%s`, `$fact`).
 */
export const titleOf = (name: string): string =>
  name
    .split(/%[a-z#]|\$[\w#.]+/i)
    .map((text) => text.replaceAll(/[$()*+.?[\\\]^{|}/-]/g, '\\$&'))
    .join('[^]*')
