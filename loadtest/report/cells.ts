import type { Spread } from '../rig/latency.ts'

export type Row = readonly (string | number)[]

/** A table of Markdown; null where there is nothing to show. */
export function table(head: Row, rows: readonly Row[]): string | null {
  if (rows.length === 0) return null
  const line = (row: Row): string =>
    `| ${row.map((cell) => cellText(cell).replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export const cellText = (cell: string | number): string =>
  typeof cell === 'number' ? cell.toLocaleString('en-US') : cell

export const spread = ({ median, min, max }: Spread): string =>
  `${cellText(median)} (${cellText(min)}–${cellText(max)})`

export const yes = (is: boolean): string => (is ? 'yes' : '**no**')
