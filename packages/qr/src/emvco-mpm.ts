import { type CodeFault, type EmvcoField, crcOf, readEmvcoFields, valueOf } from './emvco-fields.ts'

/** A code that a shop shows, of the EMVCo family: whose it is, and what is wrong with it. */
export type MerchantCode = Readonly<{
  kind: 'emvco_mpm' | 'jpqr'
  faults: readonly CodeFault[]
  fields: Readonly<Record<string, unknown>>
}>

const JPQR = 'jp.or.paymentsjapan'

/** What each object may hold. Lengths are the standard's; `.` may be any character. */
const formats: Readonly<Record<string, RegExp>> = {
  '00': /^01$/,
  '01': /^1[12]$/,
  '52': /^\d{4}$/,
  '53': /^\d{3}$/,
  '54': /^(?=.{1,13}$)(?=.*[1-9])\d+(?:\.\d*)?$/,
  '55': /^0[123]$/,
  '56': /^(?=.{1,13}$)(?=.*[1-9])\d+(?:\.\d*)?$/,
  '57': /^(?=.{1,5}$)(?=.*[1-9])\d+(?:\.\d*)?$/,
  '58': /^[A-Z]{2}$/,
  '59': /^[\x20-\x7e]{1,25}$/,
  '60': /^[\x20-\x7e]{1,15}$/,
  '61': /^[\x20-\x7e]{1,10}$/,
  '63': /^[0-9A-F]{4}$/,
}
const additionalFormats = Object.fromEntries(
  ['01', '02', '03', '04', '05', '06', '07', '08'].map((id) => [id, /^.{1,25}$/su]),
)
const languageFormats: Readonly<Record<string, RegExp>> = {
  '00': /^[A-Za-z]{2}$/,
  '01': /^.{1,25}$/su,
  '02': /^.{1,15}$/su,
}
const jpqrFormats: Readonly<Record<string, RegExp>> = {
  '01': /^\d{13}$/,
  '02': /^\d{4}$/,
  '03': /^\d{6}$/,
  '04': /^\d{6}$/,
}

/** Whether a text is meant as a code of this family: by its first object, or by its checksum's place. */
export const looksLikeMerchantCode = (text: string): boolean =>
  text.startsWith('000201') ||
  (/^\d{4}/.test(text) && /\D/.test(text) && /6304[0-9A-Fa-f]{4}$/.test(text))

/** Reads a code that a shop shows, by EMVCo's rules and, where it says so itself, by those of JPQR. */
export function readMerchantCode(text: string): MerchantCode {
  const { fields, faults } = readEmvcoFields(text)
  const end = Array.from(text).length
  const accounts = fields.filter(({ id }) => id >= '02' && id <= '51')
  const templates = new Map(
    fields
      .filter(({ id }) => (id >= '26' && id <= '51') || id === '62' || id === '64' || id >= '80')
      .map((field) => [field.id, readEmvcoFields(field.value, field.at + 4)]),
  )
  const jpqr = accounts.find(({ id }) => valueOf(partsOf(templates, id), '00') === JPQR)
  const missing = ['00', '52', '53', '58', '59', '60', '63']
    .filter((id) => valueOf(fields, id) === undefined)
    .map((id) => `missing:${id}`)
  if (accounts.length === 0) missing.push('missing:02-51')
  return {
    kind: jpqr === undefined ? 'emvco_mpm' : 'jpqr',
    faults: [
      ...faults,
      ...[...templates.values()].flatMap((template) => template.faults),
      ...orderFaults(fields),
      ...missing.map((rule) => ({ rule, at: end })),
      ...formatFaults(fields, formats),
      ...formatFaults(partsOf(templates, '62'), additionalFormats, '62.'),
      ...formatFaults(partsOf(templates, '64'), languageFormats, '64.'),
      ...checksumFaults(text, fields),
      ...(jpqr === undefined ? [] : jpqrFaults({ fields, templates, id: jpqr.id, end })),
    ].toSorted((a, b) => a.at - b.at),
    fields: shownOf(fields, templates, jpqr?.id),
  }
}

type Templates = ReadonlyMap<string, ReturnType<typeof readEmvcoFields>>

const partsOf = (templates: Templates, id: string): readonly EmvcoField[] =>
  templates.get(id)?.fields ?? []

function orderFaults(fields: readonly EmvcoField[]): CodeFault[] {
  const [first] = fields
  const last = fields.at(-1)
  return [
    ...(first !== undefined && first.id !== '00' ? [{ rule: 'first_is_00', at: first.at }] : []),
    ...(last !== undefined && last.id !== '63' ? [{ rule: 'last_is_63', at: last.at }] : []),
  ]
}

const formatFaults = (
  fields: readonly EmvcoField[],
  allowed: Readonly<Record<string, RegExp>>,
  within = '',
): CodeFault[] =>
  fields
    .filter(({ id, value }) => allowed[id]?.test(value) === false)
    .map(({ id, at }) => ({ rule: `format:${within}${id}`, at }))

/** Over everything before the checksum itself; one of the wrong form is told as that. */
function checksumFaults(text: string, fields: readonly EmvcoField[]): CodeFault[] {
  const checksum = fields.find(({ id }) => id === '63')
  if (checksum === undefined || !/^[0-9A-F]{4}$/.test(checksum.value)) return []
  const before = Array.from(text)
    .slice(0, checksum.at + 4)
    .join('')
  return crcOf(before) === checksum.value ? [] : [{ rule: 'crc', at: checksum.at + 4 }]
}

/** What the council asks beyond EMVCo: Japan, yen, a postal code, the shop's name in Japanese. */
function jpqrFaults({
  fields,
  templates,
  id,
  end,
}: Readonly<{
  fields: readonly EmvcoField[]
  templates: Templates
  id: string
  end: number
}>): CodeFault[] {
  const levels = partsOf(templates, id)
  const language = partsOf(templates, '64')
  const faults = formatFaults(levels, jpqrFormats, `${id}.`)
  for (const level of Object.keys(jpqrFormats))
    if (valueOf(levels, level) === undefined)
      faults.push({ rule: `missing:${id}.${level}`, at: end })
  faults.push(...formatFaults(fields, { '53': /^392$/, '58': /^JP$/ }))
  if (valueOf(fields, '61') === undefined) faults.push({ rule: 'missing:61', at: end })
  if (valueOf(fields, '64') === undefined) return [...faults, { rule: 'missing:64', at: end }]
  faults.push(...formatFaults(language, { '00': /^JA$/, '02': /(?!)/ }, '64.'))
  for (const part of ['00', '01'])
    if (valueOf(language, part) === undefined) faults.push({ rule: `missing:64.${part}`, at: end })
  return faults
}

/** What the help desk needs to say whose code it is. All of it is printed on the sticker anyway. */
function shownOf(
  fields: readonly EmvcoField[],
  templates: Templates,
  jpqrId: string | undefined,
): Record<string, unknown> {
  const point = valueOf(fields, '01')
  const language = partsOf(templates, '64')
  const levels = jpqrId === undefined ? [] : partsOf(templates, jpqrId)
  const shown = {
    use: point === '11' ? 'static' : point === '12' ? 'dynamic' : undefined,
    schemes: fields
      .filter(({ id }) => id >= '02' && id <= '51')
      .map(({ id }) => ({ id, scheme: valueOf(partsOf(templates, id), '00') ?? null })),
    category: valueOf(fields, '52'),
    currency: valueOf(fields, '53'),
    amount: valueOf(fields, '54'),
    country: valueOf(fields, '58'),
    name: valueOf(fields, '59'),
    city: valueOf(fields, '60'),
    postalCode: valueOf(fields, '61'),
    language: valueOf(language, '00'),
    localName: valueOf(language, '01'),
    store: levels.length === 0 ? undefined : levels.slice(1).map(({ value }) => value),
  }
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined))
}
