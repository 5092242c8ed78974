import { parseInstant } from './campaign-instant.ts'
import { type Instant, isJstDate, type JstDate, type Period } from './time.ts'
import { type Yen, yen } from './yen.ts'

/** One thing that is wrong with a file: where, which rule it breaks, and both in words. */
export type FileFault = Readonly<{ path: string; rule: string; ja: string; en: string }>

export type Note = (fault: FileFault) => void

/** Reads one value. What is wrong with it is noted, and then there is no value: undefined. */
export type Read<T> = (value: unknown, path: string, note: Note) => T | undefined

type Field<T> = Readonly<{ read: Read<T>; absent: 'refused' | Readonly<{ value: T }> }>
type Shape = Readonly<Record<string, Field<unknown>>>
type Values<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never
}

export const needed = <T>(read: Read<T>): Field<T> => ({ read, absent: 'refused' })

export const optional = <T, const D>(read: Read<T>, value: D): Field<T | D> => ({
  read,
  absent: { value },
})

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `windows` and `use` make `windows.use`; a name that is no word is quoted, as in `a["b c"]`. */
export function joinPath(path: string, key: string): string {
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}

/** Reads fields by name, all of them and no others, and notes every fault, not only the first. */
export function record<S extends Shape>(shape: S): Read<Values<S>> {
  return (value, path, note) => {
    if (!isRecord(value)) {
      note({ path, rule: 'object', ja: '{ } で書いてください', en: 'must be an object { }' })
      return undefined
    }
    const known = Object.keys(shape).join(', ')
    for (const key of Object.keys(value)) {
      if (Object.hasOwn(shape, key)) continue
      note({
        path: joinPath(path, key),
        rule: 'unknown_field',
        ja: `ここにこの項目はありません（あるのは ${known}）`,
        en: `no such field here (there are ${known})`,
      })
    }
    const values: Record<string, unknown> = {}
    for (const [key, field] of Object.entries(shape)) {
      values[key] = readField(field, { parent: value, key, path: joinPath(path, key), note })
    }
    return Object.values(values).includes(undefined) ? undefined : (values as Values<S>)
  }
}

function readField(
  field: Field<unknown>,
  from: { parent: Readonly<Record<string, unknown>>; key: string; path: string; note: Note },
): unknown {
  if (Object.hasOwn(from.parent, from.key))
    return field.read(from.parent[from.key], from.path, from.note)
  if (field.absent !== 'refused') return field.absent.value
  from.note({ path: from.path, rule: 'missing', ja: '書かれていません', en: 'is missing' })
  return undefined
}

/** Reads a list. With `key`, two entries of the same key are refused at the second one's path. */
export function list<T>(
  read: Read<T>,
  rules: { min: number; key?: (item: T) => string; keyField?: string },
): Read<readonly T[]> {
  return (value, path, note) => {
    if (!Array.isArray(value)) {
      note({ path, rule: 'list', ja: '[ ] で書いてください', en: 'must be a list [ ]' })
      return undefined
    }
    if (value.length < rules.min) {
      const words = { ja: `${rules.min}つ以上必要です`, en: `needs at least ${rules.min}` }
      note({ path, rule: 'too_few', ...words })
      return undefined
    }
    const seen = new Set<string>()
    const items: T[] = []
    for (const [index, entry] of value.entries()) {
      const at = `${path}[${index}]`
      const item = read(entry, at, note)
      if (item === undefined) continue
      items.push(item)
      const key = rules.key?.(item)
      const keyAt = rules.keyField === undefined ? at : joinPath(at, rules.keyField)
      if (key === undefined) continue
      if (seen.has(key))
        note({
          path: keyAt,
          rule: 'twice',
          ja: `${key} が二度あります`,
          en: `${key} appears twice`,
        })
      seen.add(key)
    }
    return items.length === value.length ? items : undefined
  }
}

/** Reads whole numbers by a name of the writer's own choice, such as caps by group. */
export const integersByName =
  (bounds: { min: number; max: number }): Read<ReadonlyMap<string, number>> =>
  (value, path, note) => {
    if (!isRecord(value)) {
      note({ path, rule: 'object', ja: '{ } で書いてください', en: 'must be an object { }' })
      return undefined
    }
    const numbers = new Map<string, number>()
    for (const [name, entry] of Object.entries(value)) {
      const number = integer(bounds)(entry, joinPath(path, name), note)
      if (number !== undefined) numbers.set(name, number)
    }
    return numbers.size === Object.keys(value).length ? numbers : undefined
  }

export const integer =
  ({ min, max }: { min: number; max: number }): Read<number> =>
  (value, path, note) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max)
      return value === 0 ? 0 : value
    note({
      path,
      rule: 'integer',
      ja: `${min} 以上 ${max} 以下の整数で書いてください`,
      en: `must be a whole number from ${min} to ${max}`,
    })
    return undefined
  }

/** Yen in a file have at most ten digits, as in the banks' file. */
export const yenFrom =
  (min: number): Read<Yen> =>
  (value, path, note) => {
    const amount = integer({ min, max: 9_999_999_999 })(value, path, note)
    return amount === undefined ? undefined : yen(amount)
  }

/** Text that a screen and a database can hold: not blank, no control characters. */
export const text =
  (max: number): Read<string> =>
  (value, path, note) => {
    const fits = typeof value === 'string' && value.trim() !== '' && value.length <= max
    if (fits && !/[\p{Cc}\p{Cs}]/u.test(value)) return value
    const ja = `空でない${max}字までの文字列で書いてください（制御文字は使えません）`
    const en = `must be text of 1 to ${max} characters without control characters`
    note({ path, rule: 'text', ja, en })
    return undefined
  }

export const code =
  (form: RegExp): Read<string> =>
  (value, path, note) => {
    if (typeof value === 'string' && form.test(value)) return value
    const words = { ja: `${form.source} の形で書いてください`, en: `must match ${form.source}` }
    note({ path, rule: 'code', ...words })
    return undefined
  }

export const oneOf =
  <const T extends string>(values: readonly T[]): Read<T> =>
  (value, path, note) => {
    const found = values.find((each) => each === value)
    if (found !== undefined) return found
    const names = values.join(', ')
    note({ path, rule: 'one_of', ja: `${names} のどれかです`, en: `must be one of ${names}` })
    return undefined
  }

export const yesOrNo: Read<boolean> = (value, path, note) => {
  if (typeof value === 'boolean') return value
  note({ path, rule: 'boolean', ja: 'true か false です', en: 'must be true or false' })
  return undefined
}

export const instant: Read<Instant> = (value, path, note) => {
  const at = typeof value === 'string' ? parseInstant(value) : null
  if (at !== null) return at
  const ja = '時差付きの日時で書いてください（例 2027-02-01T10:00:00+09:00）'
  const en = 'must be a date and time with its offset, such as 2027-02-01T10:00:00+09:00'
  note({ path, rule: 'instant', ja, en })
  return undefined
}

export const day: Read<JstDate> = (value, path, note) => {
  if (typeof value === 'string' && isJstDate(value)) return value
  const ja = '実在する日を 2027-02-01 の形で書いてください'
  note({ path, rule: 'date', ja, en: 'must be a day that exists, such as 2027-02-01' })
  return undefined
}

/** A window: its first moment and the first moment after it. */
export const period: Read<Period> = (value, path, note) => {
  if (!Array.isArray(value) || value.length !== 2) {
    const ja = '[開始, 終了] の二つの日時で書いてください'
    note({ path, rule: 'window', ja, en: 'must be [start, end], two instants' })
    return undefined
  }
  const from = instant(value[0], `${path}[0]`, note)
  const until = instant(value[1], `${path}[1]`, note)
  return from === undefined || until === undefined ? undefined : { from, until }
}
