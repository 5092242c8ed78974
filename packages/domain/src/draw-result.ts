import type { Allocation } from './allocation.ts'
import { type Pool, winnersOf } from './allocation-pool.ts'
import { unreachable } from './assert.ts'
import { isRecord, joinPath } from './campaign-reader.ts'

/** The result of a draw as it is printed: a tree whose large parts stay what they are, flat lists. */
export type ResultNode =
  | string
  | number
  | boolean
  | Readonly<{ kind: 'list'; items: readonly ResultNode[] }>
  | Readonly<{ kind: 'object'; fields: readonly (readonly [string, ResultNode])[] }>
  /** An object of units by id, in the order of the ids. */
  | Readonly<{ kind: 'units'; ids: readonly string[]; units: readonly number[] }>

/** One place where what was published is not what comes out; null stands for "not there". */
export type ResultDifference = Readonly<{ path: string; published: unknown; computed: unknown }>

/** The result in the fields and the order in which it is printed and published. */
export function resultOf(allocation: Allocation): ResultNode {
  const { ids, units, allocated, unsold, everyApplicantGetsOne, listDigest } = allocation
  const whole: (readonly [string, ResultNode])[] = [
    ['allocation', { kind: 'units', ids, units }],
    ['allocated', allocated],
    ['unsold', unsold],
    ['everyApplicantGetsOne', everyApplicantGetsOne],
    ['listDigest', listDigest],
  ]
  const based = (base: readonly number[]): readonly [string, ResultNode] => [
    'base',
    { kind: 'units', ids, units: base },
  ]
  switch (allocation.kind) {
    case 'together': {
      const { pool } = allocation
      return { kind: 'object', fields: [...figuresOf(pool), based(pool.share.base), ...whole] }
    }
    case 'groups': {
      const items = allocation.groups.map((pool): ResultNode => ({
        kind: 'object',
        fields: [
          ['group', pool.group],
          ['units', pool.units],
          ...figuresOf(pool),
          ['allocated', pool.allocated],
        ],
      }))
      const groups: ResultNode = { kind: 'list', items }
      return { kind: 'object', fields: [based(allocation.base), ...whole, ['groups', groups]] }
    }
    case 'households': {
      const { pool } = allocation
      const shares: ResultNode = { kind: 'units', ids: pool.ids, units: pool.share.units }
      return { kind: 'object', fields: [...figuresOf(pool), ...whole, ['households', shares]] }
    }
    default:
      return unreachable(allocation)
  }
}

const figuresOf = (pool: Pool): readonly (readonly [string, ResultNode])[] => [
  ['level', pool.share.level],
  ['remainder', pool.share.remainder],
  ['candidates', pool.share.candidates],
  ['winners', { kind: 'list', items: winnersOf(pool) }],
]

const piecesMax = 8_192

/**
 * Writes a result as JSON text, in pieces that together are one value.
 *
 * Not through an object: JavaScript would move ids like `10` before all others.
 */
export function* printResult(node: ResultNode): Generator<string> {
  if (typeof node !== 'object') {
    yield JSON.stringify(node)
    return
  }
  switch (node.kind) {
    case 'object':
      yield '{'
      for (const [at, [name, field]] of node.fields.entries()) {
        yield `${at === 0 ? '' : ','}${JSON.stringify(name)}:`
        yield* printResult(field)
      }
      yield '}'
      return
    case 'list':
      yield '['
      yield* joined(node.items.length, (at) => printedItem(node.items[at]))
      yield ']'
      return
    case 'units': {
      const { ids, units } = node
      yield '{'
      yield* joined(ids.length, (at) => `${JSON.stringify(ids[at])}:${units[at] ?? 0}`)
      yield '}'
    }
  }
}

const printedItem = (node: ResultNode | undefined): string =>
  typeof node === 'object' ? [...printResult(node)].join('') : JSON.stringify(node)

/** Many short texts, joined by commas, as few long ones. */
export function* joined(count: number, textAt: (at: number) => string): Generator<string> {
  let piece: string[] = []
  for (let at = 0; at < count; at++) {
    piece.push(at === 0 ? textAt(at) : `,${textAt(at)}`)
    if (piece.length < piecesMax) continue
    yield piece.join('')
    piece = []
  }
  yield piece.join('')
}

/** The first place, in printed order, where a published result is not the computed one. */
export function firstDifference(
  path: string,
  published: unknown,
  computed: ResultNode,
): ResultDifference | null {
  if (typeof computed !== 'object')
    return published === computed ? null : { path, published: published ?? null, computed }
  switch (computed.kind) {
    case 'list':
      return differenceOfLists(path, published, computed.items)
    case 'object': {
      const fields = computed.fields
      return differenceOfMembers(path, published, {
        count: fields.length,
        at: (at) => fields[at] ?? ['', ''],
      })
    }
    case 'units': {
      const { ids, units } = computed
      return differenceOfMembers(path, published, {
        count: ids.length,
        at: (at) => [ids[at] ?? '', units[at] ?? 0],
      })
    }
    default:
      return unreachable(computed)
  }
}

function differenceOfLists(
  path: string,
  published: unknown,
  items: readonly ResultNode[],
): ResultDifference | null {
  if (!Array.isArray(published)) return { path, published: published ?? null, computed: 'list' }
  for (const [at, item] of items.entries()) {
    const found = firstDifference(`${path}[${at}]`, published[at], item)
    if (found !== null) return found
  }
  if (published.length === items.length) return null
  return { path: `${path}[${items.length}]`, published: published[items.length], computed: null }
}

function differenceOfMembers(
  path: string,
  published: unknown,
  members: Readonly<{ count: number; at: (at: number) => readonly [string, ResultNode] }>,
): ResultDifference | null {
  if (!isRecord(published)) return { path, published: published ?? null, computed: 'object' }
  for (let at = 0; at < members.count; at++) {
    const [name, node] = members.at(at)
    const value = Object.hasOwn(published, name) ? published[name] : undefined
    if (value === node) continue
    const found = firstDifference(joinPath(path, name), value, node)
    if (found !== null) return found
  }
  const names = Object.keys(published)
  if (names.length === members.count) return null
  const known = new Set<string>()
  for (let at = 0; at < members.count; at++) known.add(members.at(at)[0])
  const extra = names.find((name) => !known.has(name)) ?? ''
  return { path: joinPath(path, extra), published: published[extra], computed: null }
}
