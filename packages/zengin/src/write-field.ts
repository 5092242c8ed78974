import { isJstDate, unreachable } from '@minnaken/domain'
import { isInBankCalendar, whyNotBankDay } from './bank-day.ts'
import type { TextClass } from './jis.ts'
import { type Field, limits } from './layout.ts'
import { cutName, normaliseName } from './name.ts'
import {
  notAmount,
  notBankDay,
  notDate,
  notDigits,
  notOneOf,
  notText,
  outsideCalendar,
  type Refuse,
  refusedName,
  required,
  tooLong,
} from './refusal.ts'

type Place = Readonly<{ length: number; path: string; refuse: Refuse }>

/**
 * The half-width text of a field, filled up to its length, for a value out of JSON.
 * Undefined when the value is refused; then `refuse` was told why.
 *
 * `null` is written as blank. A field left out gets what rules.md 25 says (新規コード 0,
 * 振込指定区分 7), else blank. References and account numbers are filled up with zeros; bank and
 * branch codes must be complete, because a missing zero would name another bank.
 */
export function fieldText(
  { content, length, key }: Field,
  values: Readonly<Record<string, unknown>>,
  { path, refuse }: Readonly<{ path: string; refuse: Refuse }>,
): string | undefined {
  const value = Object.hasOwn(values, key) ? values[key] : undefined
  const place: Place = { length, path: `${path}.${key}`, refuse }
  switch (content.kind) {
    case 'fixed':
    case 'mark':
      return content.text
    case 'unused':
      return '0'.repeat(length)
    case 'filler':
      return ' '.repeat(length)
    case 'code':
      return isBlank(value)
        ? blank(content.mayBeBlank, place)
        : codeText(value, content.isExact, place)
    case 'choice':
      if (value === null || (value === undefined && content.whenMissing === undefined))
        return blank(content.mayBeBlank, place)
      return choiceText(value ?? content.whenMissing, content.allowed, place)
    case 'date':
      return isBlank(value) ? blank(false, place) : dateText(value, place)
    case 'amount':
      return isBlank(value) ? blank(false, place) : amountText(value, place)
    case 'count':
    case 'total':
      return String(value).padStart(length, '0')
    case 'text':
      return isBlank(value) || value === ''
        ? blank(content.mayBeBlank, place)
        : nameText(value, content, place)
    default:
      return unreachable(content)
  }
}

const isBlank = (value: unknown): value is null | undefined => value === null || value === undefined

function blank(mayBeBlank: boolean, { length, path, refuse }: Place): string | undefined {
  if (mayBeBlank) return ' '.repeat(length)
  refuse(path, required)
  return undefined
}

function codeText(value: unknown, isExact: boolean, place: Place): string | undefined {
  const { length, path, refuse } = place
  const isCode =
    typeof value === 'string' &&
    /^[0-9]+$/.test(value) &&
    (isExact ? value.length === length : value.length <= length)
  if (isCode) return value.padStart(length, '0')
  refuse(path, notDigits(length, isExact))
  return undefined
}

function choiceText(
  value: unknown,
  allowed: readonly number[],
  { path, refuse }: Place,
): string | undefined {
  if (typeof value === 'number' && allowed.includes(value)) return String(Math.abs(value))
  refuse(path, notOneOf(allowed))
  return undefined
}

function dateText(value: unknown, { path, refuse }: Place): string | undefined {
  if (typeof value !== 'string' || !isJstDate(value)) {
    refuse(path, notDate)
    return undefined
  }
  if (!isInBankCalendar(value)) {
    refuse(path, outsideCalendar)
    return undefined
  }
  const closure = whyNotBankDay(value)
  if (closure) {
    refuse(path, notBankDay(closure.kind === 'holiday' ? closure.name : closure.kind))
    return undefined
  }
  return value.slice(5, 7) + value.slice(8)
}

function amountText(value: unknown, { length, path, refuse }: Place): string | undefined {
  if (isAmount(value)) return String(value).padStart(length, '0')
  refuse(path, notAmount(limits.amount))
  return undefined
}

/** Whether a value is an amount that a payment can have. */
export const isAmount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= limits.amount

function nameText(
  value: unknown,
  { textClass, mayBeBlank }: Readonly<{ textClass: TextClass; mayBeBlank: boolean }>,
  place: Place,
): string | undefined {
  const { length, path, refuse } = place
  if (typeof value !== 'string') {
    refuse(path, notText)
    return undefined
  }
  const name = normaliseName(value, { class: textClass })
  if (name.kind === 'refused') {
    refuse(path, refusedName(name))
    return undefined
  }
  const { half } = name
  if (half === '') return blank(mayBeBlank, place)
  if (half.length <= length) return half.padEnd(length, ' ')
  refuse(path, tooLong({ half, fits: cutName(half, length), max: length }))
  return undefined
}
