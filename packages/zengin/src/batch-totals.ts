import type { ZenginFault } from './fault.ts'
import { limits } from './layout.ts'

/** What a batch's payments add up to, as far as its records could be read. */
export type Tally = Readonly<{
  count: number
  total: number
  isCountKnown: boolean
  isTotalKnown: boolean
}>

/** What a trailer says; a figure that could not be read is not there. */
export type Claim = Readonly<{ count: number | undefined; total: number | undefined }>

/**
 * Compares a trailer with its batch. Only figures that are known on both sides are compared:
 * a payment that could not be read is told as that, not as a wrong total as well.
 */
export function totalFaults(tally: Tally, claim: Claim, record: number): readonly ZenginFault[] {
  const faults: ZenginFault[] = []
  if (tally.isCountKnown) {
    if (tally.count === 0) faults.push(emptyBatch(record))
    const fault = countFault(tally.count, claim.count)
    if (fault) faults.push({ ...fault, record, field: '合計件数', offset: 1 })
  }
  if (tally.isCountKnown && tally.isTotalKnown) {
    const fault = amountFault(tally.total, claim.total)
    if (fault) faults.push({ ...fault, record, field: '合計金額', offset: 7 })
  }
  return faults
}

type Found = Omit<ZenginFault, 'record' | 'field' | 'offset'>

const emptyBatch = (record: number): ZenginFault => ({
  rule: 'empty_batch',
  record,
  field: 'データ区分',
  offset: 0,
  ja: 'ヘッダーとトレーラーの間にデータ・レコードがありません。',
  en: 'There is no payment between the header and this trailer.',
})

function countFault(count: number, claimed: number | undefined): Found | undefined {
  if (count > limits.count)
    return {
      rule: 'limit',
      ja: `データ・レコードが${grouped(count)}件あります。1つのヘッダーに${grouped(limits.count)}件までです。`,
      en: `The batch has ${grouped(count)} payments; a trailer can count ${grouped(limits.count)}.`,
    }
  if (claimed === undefined || claimed === count) return undefined
  return {
    rule: 'trailer_count',
    ja: `合計件数は${grouped(claimed)}ですが、データ・レコードは${grouped(count)}件です。`,
    en: `The trailer counts ${grouped(claimed)}, but there are ${grouped(count)} payments.`,
  }
}

function amountFault(total: number, claimed: number | undefined): Found | undefined {
  if (total > limits.total)
    return {
      rule: 'limit',
      ja: `合計が${grouped(total)}円です。1つのヘッダーに${grouped(limits.total)}円までです。`,
      en: `The payments add up to ${grouped(total)} yen; a trailer can hold ${grouped(limits.total)}.`,
    }
  if (claimed === undefined || claimed === total) return undefined
  return {
    rule: 'trailer_total',
    ja: `合計金額は${grouped(claimed)}円ですが、振込金額の合計は${grouped(total)}円です。`,
    en: `The trailer says ${grouped(claimed)} yen, but the payments add up to ${grouped(total)}.`,
  }
}

/** For example 12,345. */
const grouped = (value: number): string => value.toLocaleString('en-US')
