import { parse } from 'csv-parse/sync'
import { InputError, readInput } from '../command.ts'
import type { Person } from '../people/people.ts'
import type { Resident } from './residents.ts'
import { type Stage, forEach } from './stage.ts'

/** A line of a list of applications: as it came by postcard. */
export type KeyedLine = Readonly<{ id: string; name: string; group: string; units: number }>

type Column = Readonly<{ name: keyof KeyedLine; form: RegExp; ja: string; en: string }>

/** What the service takes, so that a whole list is read and refused before anything is started. */
const columns: readonly Column[] = [
  {
    name: 'id',
    form: /^[0-9A-Za-z._-]{1,40}$/,
    ja: '半角の英数字と . _ - で40字までです',
    en: 'up to 40 letters, digits, dots, dashes',
  },
  { name: 'name', form: /^\P{Cc}{1,60}$/u, ja: '1字から60字までです', en: '1 to 60 characters' },
  {
    name: 'group',
    form: /^[A-Za-z][A-Za-z0-9_-]{0,31}$/,
    ja: '英字で始まる半角32字までです',
    en: 'up to 32 letters and digits, a letter first',
  },
  { name: 'units', form: /^[1-9]\d{0,5}$/, ja: '1以上の口数です', en: 'a number of units' },
]

/**
 * Reads a CSV with the columns id, name, group, units, with or without a head. Throws InputError
 * naming the line and the column.
 */
export async function readList(file: string): Promise<readonly KeyedLine[]> {
  const lines: KeyedLine[] = []
  const lineOfId = new Map<string, number>()
  for (const { record, at } of recordsOf(file, await readInput(file))) {
    if (lines.length === 0 && record[3]?.toLowerCase() === 'units') continue
    const place = `${file}:${at}`
    const line = lineOf(record, place)
    const before = lineOfId.get(line.id)
    if (before !== undefined)
      throw new InputError(
        `${place}: id: ${line.id} は${before}行目にもあります / also in line ${before}`,
      )
    lineOfId.set(line.id, at)
    lines.push(line)
  }
  if (lines.length === 0) throw new InputError(`${file}: 申込みがありません / no applications`)
  return lines
}

function recordsOf(file: string, bytes: Buffer): readonly { record: string[]; at: number }[] {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new InputError(`${file}: UTF-8 で保存してください / not UTF-8`)
  }
  try {
    const found = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return found.map(({ record, info }) => ({ record, at: info.lines }))
  } catch (error) {
    throw new InputError(`${file}: CSVとして読めません / not a CSV (${(error as Error).message})`)
  }
}

function lineOf(record: readonly string[], place: string): KeyedLine {
  if (record.length !== columns.length)
    throw new InputError(
      `${place}: ${columns.map(({ name }) => name).join(', ')} の4列が必要です / four columns are needed`,
    )
  for (const [column, { name, form, ja, en }] of columns.entries()) {
    const text = record[column] ?? ''
    if (!form.test(text)) throw new InputError(`${place}: ${name}: 「${text}」 ${ja} / ${en}`)
  }
  const [id = '', name = '', group = '', units = ''] = record
  return { id, name, group: group.toUpperCase(), units: Number(units) }
}

/** Tells of wishes above what one person may have: they stay as written, the draw counts the cap. */
export function saidOverCap(lines: readonly KeyedLine[], cap: number): string | null {
  const over = lines.filter(({ units }) => units > cap)
  const [first] = over
  return first === undefined
    ? null
    : `${over.length} 件が上限の ${cap} 口を超えています (最初は ${first.id}: ${first.units} 口)。${cap} 口として抽選します / above the cap, drawn as the cap`
}

const LINES_AT_ONCE = 1_000

/** The clerk keys every line; answers the claim code that each person would get by post. */
export async function keyList(
  stage: Stage,
  {
    clerk,
    campaign,
    lines,
  }: Readonly<{ clerk: Person; campaign: string; lines: readonly KeyedLine[] }>,
): Promise<Map<string, string>> {
  const codes = new Map<string, string>()
  const parts = Array.from({ length: Math.ceil(lines.length / LINES_AT_ONCE) }, (_, part) =>
    lines.slice(part * LINES_AT_ONCE, (part + 1) * LINES_AT_ONCE),
  )
  for (const part of parts) {
    const keyed = await clerk.get({
      method: 'POST',
      url: `${stage.urls.purchase}/v1/campaigns/${campaign}/applications/keyed`,
      body: {
        applications: part.map(({ id, ...line }) => ({ applicationNo: id, ...line })),
      },
    })
    const applications = keyed['applications'] as { applicationNo: string; claimCode: string }[]
    for (const { applicationNo, claimCode } of applications) codes.set(applicationNo, claimCode)
    stage.say(`${codes.size}/${lines.length} 件を入力しました / applications keyed`)
  }
  return codes
}

/** Residents take over the applications that a clerk keyed for them. */
export const claimAll = (
  stage: Stage,
  {
    campaign,
    residents,
    lines,
    codes,
  }: Readonly<{
    campaign: string
    residents: readonly Resident[]
    lines: readonly KeyedLine[]
    codes: ReadonlyMap<string, string>
  }>,
) =>
  forEach(residents, { atOnce: 16 }, ({ person }, place) => {
    const applicationNo = lines[place]?.id ?? ''
    return person.get({
      method: 'POST',
      url: `${stage.urls.purchase}/v1/applications/claims`,
      body: { campaign, applicationNo, claimCode: codes.get(applicationNo) },
    })
  })
