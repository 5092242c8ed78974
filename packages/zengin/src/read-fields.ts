import { type JstDate, unreachable } from '@minnaken/domain'
import { isYearEnd, resolveValueDate } from './bank-day.ts'
import { shownByte, type Words, type ZenginFault, type ZenginRule } from './fault.ts'
import { characterOf, isPermitted } from './jis.ts'
import type { Field } from './layout.ts'

type FieldValue = string | number | null

/** What a record's fields hold, by their names in JSON. A field that is faulty is not there. */
export type FieldValues = ReadonlyMap<string, FieldValue>

export type ReadRecord = Readonly<{ values: FieldValues; faults: readonly ZenginFault[] }>

type Problem = Words & Readonly<{ rule: ZenginRule; at?: number }>

/** Reads a record's fields and tells everything that is wrong in them, in the order of the fields. */
export function readFields(
  bytes: Uint8Array,
  {
    layout,
    record,
    madeOn,
  }: { layout: readonly Field[]; record: number; madeOn?: JstDate | undefined },
): ReadRecord {
  const values = new Map<string, FieldValue>()
  const faults: ZenginFault[] = []
  for (const field of layout) {
    const slice = bytes.subarray(field.offset, field.offset + field.length)
    const read = readField(slice, field, madeOn)
    if (isProblem(read)) {
      const { rule, at = 0, ja, en } = read
      faults.push({ rule, record, field: field.name, offset: field.offset + at, ja, en })
    } else values.set(field.key, read)
  }
  return { values, faults }
}

const isProblem = (read: FieldValue | Problem): read is Problem =>
  typeof read === 'object' && read !== null

function readField(
  slice: Uint8Array,
  { content }: Field,
  madeOn: JstDate | undefined,
): FieldValue | Problem {
  switch (content.kind) {
    case 'fixed':
      return content.text
    case 'unused':
      return readDigits(slice, true)
    case 'code':
      return readDigits(slice, content.mayBeBlank)
    case 'choice': {
      const digits = readDigits(slice, content.mayBeBlank)
      if (typeof digits !== 'string') return digits
      return content.allowed.includes(Number(digits))
        ? Number(digits)
        : notAllowed(digits, content.allowed)
    }
    case 'date':
      return readDate(slice, madeOn)
    case 'amount': {
      const digits = readDigits(slice, false)
      if (typeof digits !== 'string') return digits
      return Number(digits) > 0 ? Number(digits) : zeroAmount
    }
    case 'count':
    case 'total': {
      const digits = readDigits(slice, false)
      return typeof digits === 'string' ? Number(digits) : digits
    }
    case 'text': {
      const { textClass, mayBeBlank } = content
      return readText(slice, mayBeBlank, (character) => isPermitted(character, textClass))
    }
    case 'mark':
      return readText(slice, true, (character) => character === ' ' || character === 'Y')
    case 'filler':
      return readText(slice, true, (character) => character === ' ')
    default:
      return unreachable(content)
  }
}

const zero = 0x30
const nine = 0x39
const space = 0x20

function readDigits(slice: Uint8Array, mayBeBlank: boolean): string | null | Problem {
  if (slice.every((byte) => byte === space)) return mayBeBlank ? null : blankNumber
  const at = slice.findIndex((byte) => byte < zero || byte > nine)
  if (at < 0) return String.fromCharCode(...slice)
  const byte = slice[at] ?? 0
  const shown = byte === space ? 'スペース(空白)' : shownByte(byte, characterOf(byte))
  const shownEn = byte === space ? 'a space' : shownByte(byte, characterOf(byte))
  return {
    rule: 'numeric',
    at,
    ja: `数字でない ${shown} があります。右詰め、前ゼロで書きます。`,
    en: `${shownEn} is not a digit. Numbers stand to the right and are filled up with zeros.`,
  }
}

function readText(
  slice: Uint8Array,
  mayBeBlank: boolean,
  isAllowed: (character: string) => boolean,
): string | null | Problem {
  let text = ''
  for (const [at, byte] of slice.entries()) {
    const character = characterOf(byte)
    if (character === undefined || !isAllowed(character)) return foreignByte(at, byte, character)
    text += character
  }
  const value = text.trimEnd()
  return value !== '' ? value : mayBeBlank ? null : blankText
}

function foreignByte(at: number, byte: number, character: string | undefined): Problem {
  const shown = shownByte(byte, character)
  return {
    rule: 'charset',
    at,
    ja: `この項目に使えない文字です: ${shown}`,
    en: `${shown} may not stand in this field.`,
  }
}

function readDate(slice: Uint8Array, madeOn: JstDate | undefined): string | null | Problem {
  const digits = readDigits(slice, false)
  if (typeof digits !== 'string') return digits
  const leapYear = '2000-01-01'
  if (resolveValueDate(digits, leapYear) === undefined)
    return {
      rule: 'date',
      ja: `${digits} という月日はありません。`,
      en: `There is no day ${digits}.`,
    }
  if (isYearEnd(digits))
    return {
      rule: 'date',
      ja: `${digits} は、銀行が毎年休む日です(12月31日から1月3日)。`,
      en: `Banks are closed on ${digits} in every year (31 December to 3 January).`,
    }
  if (madeOn === undefined || resolveValueDate(digits, madeOn) !== undefined) return digits
  return {
    rule: 'date',
    ja: `${madeOn} から見て次の ${digits} は、存在しない日です。`,
    en: `The next ${digits} after ${madeOn} does not exist.`,
  }
}

const notAllowed = (digits: string, allowed: readonly number[]): Problem => ({
  rule: 'numeric',
  ja: `${digits} は使えません。${allowed.join('、')} のどれかです。`,
  en: `${digits} may not stand here, only ${allowed.join(', ')}.`,
})

const blankNumber: Problem = {
  rule: 'numeric',
  ja: '空欄です。数字が必要です。',
  en: 'Blank, but digits are needed.',
}

const blankText: Problem = {
  rule: 'charset',
  ja: '空欄です。名前が必要です。',
  en: 'Blank, but a name is needed.',
}

const zeroAmount: Problem = {
  rule: 'amount',
  ja: '金額が0円です。1円以上が必要です。',
  en: 'The amount is 0 yen; it must be 1 or more.',
}
