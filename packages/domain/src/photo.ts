/**
 * How big a photo of a shop may be: enough for a card on a phone. Cameras and programs write ten scans
 * at most; a picture of thousands is small and keeps the phone that draws it busy for minutes.
 */
export const photoLimits = {
  bytesMax: 150_000,
  sidePxMin: 120,
  sidePxMax: 1_280,
  scansMax: 20,
} as const

/** Why a photo is refused. Ordered: when several apply, the first is the one reported. */
export type PhotoRefusal =
  | Readonly<{ kind: 'photo_not_jpeg' }>
  | Readonly<{ kind: 'photo_says_more' }>
  | Readonly<{
      kind: 'photo_wrong_size'
      widthPx: number
      heightPx: number
      sidePxMin: number
      sidePxMax: number
    }>

export type PhotoRead =
  | Readonly<{ kind: 'photo'; widthPx: number; heightPx: number }>
  | Readonly<{ kind: 'refused'; refusal: PhotoRefusal }>

/**
 * Reads what kind of a file a photo is, by all of its parts and not by its name.
 *
 * A photo is a JPEG that holds the picture and nothing else: not where and when it was taken, no
 * second picture, no remark, and nothing behind its end. Its sides are the ones that it is drawn with.
 *
 * Bytes in, pixels out; looks at each byte once. The picture itself is not decoded: one whose
 * colours are damaged is a photo too.
 */
export function readPhoto(bytes: Uint8Array): PhotoRead {
  const parts = partsOf(bytes)
  const frame = parts === null ? null : frameOf(bytes, parts)
  if (parts === null || frame === null)
    return { kind: 'refused', refusal: { kind: 'photo_not_jpeg' } }
  if (bareOf(bytes, parts).length < parts.length || parts.at(-1)?.until !== bytes.length)
    return { kind: 'refused', refusal: { kind: 'photo_says_more' } }
  const { sidePxMin, sidePxMax } = photoLimits
  const { widthPx, heightPx } = frame
  const fits = [widthPx, heightPx].every((side) => side >= sidePxMin && side <= sidePxMax)
  return fits
    ? { kind: 'photo', widthPx, heightPx }
    : {
        kind: 'refused',
        refusal: { kind: 'photo_wrong_size', widthPx, heightPx, sidePxMin, sidePxMax },
      }
}

/**
 * The same picture without anything else: what cameras and programs write beside it is left out.
 * Null where the bytes are no JPEG.
 */
export function barePhoto(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const parts = partsOf(bytes)
  if (parts === null) return null
  const kept = [{ from: 0, until: 2 }, ...bareOf(bytes, parts)]
  const bare = new Uint8Array(kept.reduce((sum, { from, until }) => sum + until - from, 0))
  let at = 0
  for (const { from, until } of kept) {
    bare.set(bytes.subarray(from, until), at)
    at += until - from
  }
  return bare
}

/** One part of a JPEG with its marker, and with its pixels where it begins a scan. */
type Part = Readonly<{ marker: number; from: number; until: number }>

const START = 0xd8
const END = 0xd9
const SCAN = 0xda
const JFIF = 0xe0
const REMARK = 0xfe
/** Baseline, extended and progressive: the three that every browser draws. */
const frames = new Set([0xc0, 0xc1, 0xc2])
const HUFFMAN = 0xc4
const QUANTIZERS = 0xdb
const RESTARTS = 0xdd

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0
const pairAt = (bytes: Uint8Array, at: number): number =>
  byteAt(bytes, at) * 256 + byteAt(bytes, at + 1)

/** All parts behind the start, up to the end marker; null where one does not follow on another. */
function partsOf(bytes: Uint8Array): readonly Part[] | null {
  if (byteAt(bytes, 0) !== 0xff || byteAt(bytes, 1) !== START) return null
  const parts: Part[] = []
  for (let from = 2; from < bytes.length;) {
    const marker = byteAt(bytes, from + 1)
    if (byteAt(bytes, from) !== 0xff) return null
    const length = marker === END ? 0 : pairAt(bytes, from + 2)
    if (marker !== END && length < 2) return null
    const head = from + 2 + length
    const until = marker === SCAN ? endOfScan(bytes, head) : head
    if (until > bytes.length) return null
    parts.push({ marker, from, until })
    if (marker === END) return parts
    from = until
  }
  return null
}

/** Where the pixels of a scan end: at the next marker that is none of their own. */
function endOfScan(bytes: Uint8Array, head: number): number {
  let at = head
  while (at < bytes.length && !(byteAt(bytes, at) === 0xff && endsScan(byteAt(bytes, at + 1)))) at++
  return at
}

const endsScan = (next: number): boolean => next !== 0 && (next < 0xd0 || next > 0xd7)

/** The parts that a picture is drawn of. */
const bareOf = (bytes: Uint8Array, parts: readonly Part[]): readonly Part[] =>
  parts.filter((part, place) => !saysMore(bytes, part, place))

/** Everything that programs add for themselves; of these only the plain sign that this is a JPEG is none. */
const saysMore = (bytes: Uint8Array, part: Part, place: number): boolean =>
  part.marker === REMARK ||
  (part.marker >= 0xe0 && part.marker <= 0xef && !(place === 0 && isPlainJfif(bytes, part)))

const sign = [0x4a, 0x46, 0x49, 0x46, 0]

/** Without the small second picture that it could hold. */
const isPlainJfif = (bytes: Uint8Array, { marker, from, until }: Part): boolean =>
  marker === JFIF &&
  until - from === 18 &&
  sign.every((each, place) => byteAt(bytes, from + 4 + place) === each) &&
  pairAt(bytes, from + 16) === 0

/** The size of the one picture that is drawn; null where the parts make none. */
function frameOf(
  bytes: Uint8Array,
  parts: readonly Part[],
): Readonly<{ widthPx: number; heightPx: number }> | null {
  const drawn = bareOf(bytes, parts)
  const [frame, ...others] = drawn.filter(({ marker }) => frames.has(marker))
  const scan = drawn.findIndex(({ marker }) => marker === SCAN)
  if (frame === undefined || others.length > 0 || scan < drawn.indexOf(frame)) return null
  if (drawn.filter(({ marker }) => marker === SCAN).length > photoLimits.scansMax) return null
  if (!drawn.every((part) => isFull(bytes, part))) return null
  const heightPx = pairAt(bytes, frame.from + 5)
  const widthPx = pairAt(bytes, frame.from + 7)
  return widthPx === 0 || heightPx === 0 ? null : { widthPx, heightPx }
}

/** Whether a part is of a kind that a picture is drawn of, and exactly as long as what it says it holds. */
function isFull(bytes: Uint8Array, { marker, from, until }: Part): boolean {
  const length = pairAt(bytes, from + 2)
  const body = from + 4
  if (frames.has(marker)) {
    const colours = byteAt(bytes, body + 5)
    return byteAt(bytes, body) === 8 && [1, 3].includes(colours) && length === 8 + 3 * colours
  }
  switch (marker) {
    case END:
    case JFIF:
      return true
    case SCAN:
      return length === 6 + 2 * byteAt(bytes, body) && until > from + 2 + length
    case RESTARTS:
      return length === 4
    case QUANTIZERS:
      return fills(body, until, (at) => (byteAt(bytes, at) < 0x10 ? 65 : 129))
    case HUFFMAN:
      return fills(body, until, (at) => 17 + sumOf(bytes.subarray(at + 1, at + 17)))
    default:
      return false
  }
}

/** Whether tables that follow one another end where their part does. */
function fills(body: number, until: number, sizeAt: (at: number) => number): boolean {
  let at = body
  while (at < until) at += sizeAt(at)
  return at === until
}

const sumOf = (counts: Uint8Array): number => counts.reduce((sum, count) => sum + count, 0)
