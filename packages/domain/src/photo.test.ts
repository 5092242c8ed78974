import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { barePhoto, photoLimits, readPhoto } from './photo.ts'

type Pieces = readonly (readonly number[])[]

/** A part of a JPEG with its length in front. */
const part = (marker: number, body: readonly number[]): number[] => [
  0xff,
  marker,
  (body.length + 2) >> 8,
  (body.length + 2) & 0xff,
  ...body,
]

const textOf = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0))
const pair = (value: number): number[] => [value >> 8, value & 0xff]

const ones = (length: number): number[] => Array.from({ length }, () => 1)

const start = [0xff, 0xd8]
const end = [0xff, 0xd9]
const jfif = part(0xe0, [...textOf('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0])
const quantizers = part(0xdb, [0, ...ones(64)])
const huffman = part(0xc4, [0, 0, 1, ...Array.from({ length: 14 }, () => 0), 7])
const frame = (widthPx: number, heightPx: number, marker = 0xc0): number[] =>
  part(marker, [8, ...pair(heightPx), ...pair(widthPx), 1, 1, 0x11, 0])
/** With a byte of all ones, as it is written among pixels, and a mark to start again from. */
const scan = [...part(0xda, [1, 1, 0, 0, 63, 0]), 0x12, 0xff, 0, 0x34, 0xff, 0xd3, 0x56]

const tables = [quantizers, huffman]
const plain: Pieces = [start, jfif, ...tables, frame(480, 360), scan, end]

const bytesOf = (pieces: Pieces): Uint8Array => Uint8Array.from(pieces.flat())
const readPieces = (pieces: Pieces) => readPhoto(bytesOf(pieces))
const whyNot = (pieces: Pieces): string => {
  const read = readPieces(pieces)
  return read.kind === 'refused' ? read.refusal.kind : read.kind
}

const place = part(0xe1, textOf('Exif\0\0GPSLatitude 35.7089'))
/** What cameras and programs write beside a picture. */
const extras: readonly (readonly [string, readonly number[]])[] = [
  ['where and when it was taken (Exif)', place],
  ['how a program found it (XMP)', part(0xe1, textOf('http://ns.adobe.com/xap/1.0/\0<x/>'))],
  ['colours of a screen', part(0xe2, textOf('ICC_PROFILE\0'))],
  ['who took it (IPTC)', part(0xed, textOf('Photoshop 3.0\0'))],
  ['a remark', part(0xfe, textOf('taken by hand'))],
  ['a second sign of a JPEG', jfif],
  ['a small second picture', part(0xe0, [...textOf('JFXX\0'), 0x10, 1, 2, 3])],
  ['nothing, in a place for it', part(0xef, [])],
]

describe('a photo', () => {
  test.each([0xc0, 0xc1, 0xc2])('is a JPEG of the sides that it is drawn with (%i)', (marker) => {
    const pieces = [start, jfif, ...tables, frame(480, 360, marker), scan, end]
    expect(readPieces(pieces)).toEqual({ kind: 'photo', widthPx: 480, heightPx: 360 })
  })

  test('may be of several scans, with other tables in between, and without a sign', () => {
    const pieces = [start, ...tables, frame(480, 360, 0xc2), scan, huffman, scan, end]
    expect(whyNot(pieces)).toBe('photo')
  })

  test('that is drawn in more scans than a camera writes is refused', () => {
    const drawnIn = (scans: number) =>
      whyNot([
        start,
        ...tables,
        frame(480, 360, 0xc2),
        ...Array.from({ length: scans }, () => scan),
        end,
      ])
    expect(drawnIn(20)).toBe('photo')
    expect(drawnIn(21)).toBe('photo_not_jpeg')
  })

  test.each(extras)('that carries %s is refused', (_, extra) => {
    for (const at of [2, 3, 4, 5, 6])
      expect(whyNot(plain.toSpliced(at, 0, extra))).toBe('photo_says_more')
  })

  test('that hides something in its sign or behind its end is refused', () => {
    const picture = part(0xe0, [...textOf('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9])
    const claimed = part(0xe0, [...textOf('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 1, 1])
    const longer = part(0xe0, [...textOf('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0, 9, 9, 9])
    for (const hidden of [picture, claimed, longer])
      expect(whyNot(plain.with(1, hidden))).toBe('photo_says_more')
    for (const behind of [[0], place, bytesOf(plain)])
      expect(whyNot([...plain, [...behind]])).toBe('photo_says_more')
  })

  test.each([
    ['nothing', []],
    ['a picture of another kind', [[0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]]],
    ['a page', [textOf('<!doctype html><script>alert(1)</script>')]],
    ['a beginning only', [start]],
    ['without an end', plain.slice(0, -1)],
    ['without a picture', [start, jfif, end]],
    ['without a size', plain.toSpliced(4, 1)],
    ['of two sizes', plain.toSpliced(5, 0, frame(200, 200))],
    ['whose size comes behind its pixels', [start, jfif, ...tables, scan, frame(480, 360), end]],
    ['without pixels', plain.toSpliced(5, 1)],
    ['whose pixels are none', plain.with(5, part(0xda, [1, 1, 0, 0, 63, 0]))],
    ['of no width', plain.with(4, frame(0, 360))],
    ['of a kind that browsers do not draw', plain.with(4, frame(480, 360, 0xc3))],
    ['with four colours', plain.with(4, part(0xc0, [8, 1, 104, 1, 224, 4, ...ones(12)]))],
    ['with something behind its tables', plain.with(2, part(0xdb, [0, ...ones(70)]))],
    ['with half a table', plain.with(3, part(0xc4, [0, 9]))],
    ['that says less than it holds', plain.with(5, [...part(0xda, [3, 1, 0, 0, 63, 0]), 1])],
  ] satisfies [string, Pieces][])('is not %s', (_, pieces) => {
    expect(whyNot(pieces)).toBe('photo_not_jpeg')
  })

  const { sidePxMin: min, sidePxMax: max } = photoLimits
  test.each([
    [min, min, 'photo'],
    [max, max, 'photo'],
    [min - 1, 480, 'photo_wrong_size'],
    [480, min - 1, 'photo_wrong_size'],
    [max + 1, 480, 'photo_wrong_size'],
    [480, max + 1, 'photo_wrong_size'],
  ])('of %i by %i pixels: %s', (widthPx, heightPx, kind) => {
    expect(whyNot(plain.with(4, frame(widthPx, heightPx)))).toBe(kind)
  })

  test('of a wrong size is told its size and what it may be', () => {
    expect(readPieces(plain.with(4, frame(4_032, 3_024)))).toEqual({
      kind: 'refused',
      refusal: {
        kind: 'photo_wrong_size',
        widthPx: 4_032,
        heightPx: 3_024,
        sidePxMin: 120,
        sidePxMax: 1_280,
      },
    })
  })
})

const isSame = (one: Uint8Array | null, other: Uint8Array): boolean => String(one) === String(other)

/** Any bytes, often such as begin a part. */
const anyBytes = fc.array(
  fc.oneof(fc.constantFrom(0xff, 0xd8, 0xd9, 0xda, 0xe1, 0, 2), fc.nat({ max: 255 })),
  { maxLength: 80 },
)

describe('whatever the bytes are', () => {
  test('a photo says nothing more than its picture, once it is bare', () => {
    const anyExtra = fc.oneof(
      fc.constantFrom(...extras.map(([, extra]) => extra)),
      fc
        .tuple(fc.integer({ min: 0xe1, max: 0xef }), anyBytes)
        .map(([marker, body]) => part(marker, body)),
    )
    const added = fc.array(fc.tuple(fc.integer({ min: 2, max: 6 }), anyExtra), { minLength: 1 })
    fc.assert(
      fc.property(added, anyBytes, (more, behind) => {
        const pieces = more.reduce<Pieces>((all, [at, extra]) => all.toSpliced(at, 0, extra), plain)
        const bytes = bytesOf([...pieces, behind])
        expect(whyNot([...pieces, behind])).toBe('photo_says_more')
        expect(barePhoto(bytes)).toEqual(bytesOf(plain))
      }),
      { numRuns: 200 },
    )
  })

  test('they are read to an end, and what is bare already stays as it is', () => {
    const mixed = fc
      .tuple(fc.nat({ max: 8 }), anyBytes)
      .map(([at, bytes]) => bytesOf(plain.toSpliced(at, 1, bytes)))
    fc.assert(
      fc.property(mixed, (bytes) => {
        const read = readPhoto(bytes)
        const bare = barePhoto(bytes)
        const kind = read.kind === 'refused' ? read.refusal.kind : read.kind
        const isAsSaid =
          bare === null
            ? kind === 'photo_not_jpeg'
            : isSame(barePhoto(bare), bare) && (kind !== 'photo' || isSame(bare, bytes))
        expect(isAsSaid).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('cut off anywhere it is no photo', () => {
    const whole = bytesOf(plain)
    for (let length = 0; length < whole.length; length += 1)
      expect(readPhoto(whole.subarray(0, length)).kind).toBe('refused')
  })
})
