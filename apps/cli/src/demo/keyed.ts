import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { InputError } from '../command.ts'
import type { Person } from '../people/people.ts'
import type { Resident } from './residents.ts'
import { type Stage, forEach } from './stage.ts'

/** A line of a list of applications: as it came by postcard. */
export type KeyedLine = Readonly<{ id: string; name: string; group: string; units: number }>

const columns = ['id', 'name', 'group', 'units'] as const

/** Reads a CSV with the columns id, name, group, units, with or without a head. Throws InputError naming the line. */
export async function readList(file: string): Promise<KeyedLine[]> {
  const lines: KeyedLine[] = []
  const parser = createReadStream(file).pipe(
    parse({ bom: true, trim: true, skip_empty_lines: true }),
  )
  let at = 0
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      at += 1
      if (at === 1 && record[3]?.toLowerCase() === 'units') continue
      lines.push(lineOf(record, `${file}:${at}`))
    }
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError(`${file}: ${(error as Error).message}`)
  }
  if (lines.length === 0) throw new InputError(`${file}: 申込みがありません / no applications`)
  return lines
}

function lineOf(record: readonly string[], place: string): KeyedLine {
  const [id = '', name = '', group = '', units = ''] = record
  if (record.length !== columns.length)
    throw new InputError(
      `${place}: ${columns.join(', ')} の4列が必要です / four columns are needed`,
    )
  if (!/^[1-9]\d{0,5}$/.test(units))
    throw new InputError(`${place}: units: ${units} は口数ではありません / not a number of units`)
  for (const [column, text] of [
    ['id', id],
    ['name', name],
    ['group', group],
  ] as const)
    if (text === '') throw new InputError(`${place}: ${column}: 空です / empty`)
  return { id, name, group: group.toUpperCase(), units: Number(units) }
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
