/**
 * Orders two texts by code point, which is also the order of their UTF-8 bytes.
 *
 * JavaScript's own `<` compares UTF-16 code units and puts 𠮷 (U+20BB7) before ｱ (U+FF71);
 * a program in another language would not, and its draw would come out different.
 * Negative when `a` comes first, 0 when they are the same text.
 */
export function compareCodePoints(a: string, b: string): number {
  const shared = Math.min(a.length, b.length)
  for (let at = 0; at < shared; at++) {
    const x = a.charCodeAt(at)
    const y = b.charCodeAt(at)
    if (x !== y) return inCodePointOrder(x) - inCodePointOrder(y)
  }
  return a.length - b.length
}

/** Moves the surrogates (half of a code point above U+FFFF) behind all other code units. */
function inCodePointOrder(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

/**
 * The same applications in order of their ids, by code point.
 *
 * O(n) when they are in order already, else O(n log n). The given list is left as it is.
 */
export function sortById<Item extends Readonly<{ id: string }>>(
  items: readonly Item[],
): readonly Item[] {
  return isInOrder(items) ? items : items.toSorted((a, b) => compareCodePoints(a.id, b.id))
}

function isInOrder(items: readonly Readonly<{ id: string }>[]): boolean {
  let before: string | null = null
  for (const { id } of items) {
    if (before !== null && compareCodePoints(before, id) > 0) return false
    before = id
  }
  return true
}

/** Where `id` stands in a list of ids in code point order, or -1. O(log n). */
export function positionOf(ids: readonly string[], id: string): number {
  let from = 0
  let until = ids.length
  while (from < until) {
    const middle = (from + until) >>> 1
    const order = compareCodePoints(ids[middle] ?? '', id)
    if (order === 0) return middle
    if (order < 0) from = middle + 1
    else until = middle
  }
  return -1
}
