import { assert, type JstDate } from '@minnaken/domain'
import { type Tally, totalFaults } from './batch-totals.ts'
import type { ZenginFault } from './fault.ts'
import {
  ediPaymentLayout,
  endLayout,
  type Field,
  headerLayout,
  markOffset,
  paymentLayout,
  recordBytes,
  trailerLayout,
} from './layout.ts'
import { readFields, type FieldValues } from './read-fields.ts'
import { headerOf, paymentOf } from './read-values.ts'
import { unsupported } from './unsupported.ts'
import type { ZenginBatch, ZenginHeader, ZenginPayment } from './zengin-file.ts'

type Kind = '1' | '2' | '8' | '9'

/** `stray`: after a payment that follows a trailer; whatever comes next was told with it. */
type Stage = 'start' | 'header' | 'payments' | 'trailer' | 'stray' | 'end'

const expected: Readonly<Record<Exclude<Stage, 'end'>, readonly Kind[]>> = {
  start: ['1'],
  header: ['2', '8'],
  payments: ['2', '8'],
  trailer: ['1', '9'],
  stray: ['1', '2', '8', '9'],
}

type OpenBatch = {
  /** False where a header declares what cannot be read: its records are only counted through. */
  isSupported: boolean
  header: ZenginHeader | undefined
  payments: ZenginPayment[]
  count: number
  total: number
  isCountKnown: boolean
  isTotalKnown: boolean
}

type Walk = {
  readonly madeOn: JstDate | undefined
  stage: Stage
  batch: OpenBatch | undefined
  readonly batches: ZenginBatch[]
  readonly faults: ZenginFault[]
  /** What a trailer got wrong; dropped when the next record shows that the trailer stands too early. */
  pending: readonly ZenginFault[]
}

export type Walked = Readonly<{
  batches: readonly ZenginBatch[]
  faults: readonly ZenginFault[]
  /** The number of the end record, if there is one. */
  endRecord: number | undefined
}>

/**
 * Reads records in their order: one or more groups of 1, 2…2, 8, then one 9 and nothing more.
 *
 * A record out of order is told once, and the walk goes on from what that record is; totals that
 * the disorder makes meaningless are not compared.
 */
export function walkRecords(records: readonly Uint8Array[], madeOn: JstDate | undefined): Walked {
  const walk: Walk = {
    madeOn,
    stage: 'start',
    batch: undefined,
    batches: [],
    faults: [],
    pending: [],
  }
  let read = 0
  for (const bytes of records) {
    if (walk.stage === 'end') break
    read += 1
    step(walk, bytes, read)
  }
  if (read < records.length) walk.faults.push(afterEnd(read + 1))
  walk.faults.push(...walk.pending)
  return {
    batches: walk.batches,
    faults: walk.faults,
    endRecord: walk.stage === 'end' ? read : undefined,
  }
}

function step(walk: Walk, bytes: Uint8Array, record: number): void {
  assert(walk.stage !== 'end', 'nothing is read after the end record')
  const kind = kindOf(bytes)
  const isWhole = bytes.length === recordBytes
  if (kind === undefined) {
    if (isWhole) walk.faults.push(strangeKind(record))
    if (walk.batch) walk.batch.isCountKnown = false
    return
  }
  if (!expected[walk.stage].includes(kind))
    walk.faults.push(outOfOrder(record, kind, expected[walk.stage]))
  switch (kind) {
    case '1':
      return stepHeader(walk, bytes, record)
    case '2':
      return stepPayment(walk, bytes, record)
    case '8':
      return stepTrailer(walk, bytes, record)
    case '9':
      flush(walk)
      if (isWhole) readInto(walk, bytes, record, endLayout)
      walk.stage = 'end'
  }
}

function kindOf(bytes: Uint8Array): Kind | undefined {
  const kind = String.fromCharCode(bytes[0] ?? 0)
  return kind === '1' || kind === '2' || kind === '8' || kind === '9' ? kind : undefined
}

function flush(walk: Walk): void {
  walk.faults.push(...walk.pending)
  walk.pending = []
}

function readInto(
  walk: Walk,
  bytes: Uint8Array,
  record: number,
  layout: readonly Field[],
): Readonly<{ values: FieldValues; isSound: boolean }> {
  const { values, faults } = readFields(bytes, { layout, record, madeOn: walk.madeOn })
  walk.faults.push(...faults)
  return { values, isSound: faults.length === 0 }
}

const emptyTally = { count: 0, total: 0, isCountKnown: true, isTotalKnown: true } as const

function stepHeader(walk: Walk, bytes: Uint8Array, record: number): void {
  flush(walk)
  walk.stage = 'header'
  walk.batch = { isSupported: true, header: undefined, payments: [], ...emptyTally }
  if (bytes.length !== recordBytes) return
  const refused = unsupported(bytes, record)
  walk.faults.push(...refused)
  walk.batch.isSupported = refused.length === 0
  if (!walk.batch.isSupported) return
  const { values, isSound } = readInto(walk, bytes, record, headerLayout)
  if (isSound) walk.batch.header = headerOf(values)
}

function stepPayment(walk: Walk, bytes: Uint8Array, record: number): void {
  const isStray = walk.stage === 'trailer' || walk.stage === 'stray'
  walk.stage = isStray ? 'stray' : 'payments'
  if (isStray) walk.pending = []
  else walk.batch ??= { isSupported: true, header: undefined, payments: [], ...emptyTally }
  const { batch } = walk
  if (batch && !isStray) batch.count += 1
  if (bytes.length !== recordBytes || batch?.isSupported === false) {
    if (batch) batch.isTotalKnown = false
    return
  }
  const layout = bytes[markOffset] === 0x59 ? ediPaymentLayout : paymentLayout
  const { values, isSound } = readInto(walk, bytes, record, layout)
  if (!batch || isStray) return
  if (isSound) batch.payments.push(paymentOf(values))
  const amount = values.get('amount')
  if (typeof amount === 'number') batch.total += amount
  else batch.isTotalKnown = false
}

function stepTrailer(walk: Walk, bytes: Uint8Array, record: number): void {
  const isStray = walk.stage === 'trailer' || walk.stage === 'stray'
  const { batch } = walk
  walk.stage = 'trailer'
  walk.pending = []
  if (bytes.length !== recordBytes || batch?.isSupported === false) return
  const { values, isSound } = readInto(walk, bytes, record, trailerLayout)
  if (!batch || isStray) return
  const count = values.get('count')
  const total = values.get('amount')
  const claim = {
    count: typeof count === 'number' ? count : undefined,
    total: typeof total === 'number' ? total : undefined,
  }
  const tally: Tally = batch
  walk.pending = totalFaults(tally, claim, record)
  const { header, payments } = batch
  if (!isSound || !header || claim.count === undefined || claim.total === undefined) return
  walk.batches.push({ header, payments, trailer: { count: claim.count, amount: claim.total } })
}

const names: Readonly<Record<Kind, string>> = {
  '1': 'ヘッダー(1)',
  '2': 'データ(2)',
  '8': 'トレーラー(8)',
  '9': 'エンド(9)',
}

const outOfOrder = (record: number, found: Kind, wanted: readonly Kind[]): ZenginFault => ({
  rule: 'order',
  record,
  field: 'データ区分',
  offset: 0,
  ja: `ここには${wanted.map((kind) => names[kind]).join('か')}が来るはずですが、${names[found]}があります。`,
  en: `データ区分 ${wanted.join(' or ')} belongs here, but ${found} was found.`,
})

const strangeKind = (record: number): ZenginFault => ({
  rule: 'order',
  record,
  field: 'データ区分',
  offset: 0,
  ja: 'データ区分が 1、2、8、9 のどれでもありません。',
  en: 'データ区分 is none of 1, 2, 8 and 9.',
})

const afterEnd = (record: number): ZenginFault => ({
  rule: 'after_end',
  record,
  field: 'データ区分',
  offset: 0,
  ja: 'エンド・レコードの後に何かあります。ここから後は読みません。',
  en: 'Something follows the end record. It is not read.',
})
