import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Chart, drawChart } from '../charts.ts'
import { stormFigure, tableFigure } from './figures.ts'
import { isTrial, type Results, readResults } from './results.ts'
import { tables } from './tables.ts'

const MARK = /<!-- table: ([a-z-]+) -->\n[\s\S]*?<!-- end -->/g

/** Puts every table where its marker is; what stands outside of markers stays as it was written. */
export function fillTables(text: string, results: Results): string {
  return text.replaceAll(MARK, (_, name: string) => {
    const make = tables[name]
    if (make === undefined) throw new Error(`there is no table ${name}`)
    const filled = make(results) ?? '(not measured yet)'
    return `<!-- table: ${name} -->\n\n${filled}\n\n<!-- end -->`
  })
}

/**
 * Writes the tables of RESULTS.md and the charts from what was kept with `--save`, so that no number
 * in them is typed by hand. Answers the files that it wrote.
 */
export async function writeReport(folder: string): Promise<string[]> {
  const resultsFolder = join(folder, 'results')
  await mkdir(resultsFolder, { recursive: true })
  const results = await readResults(resultsFolder)
  const page = join(folder, 'RESULTS.md')
  await writeFile(page, fillTables(await readFile(page, 'utf8'), results))
  const written = [page]
  const draw = async (name: string, chart: Chart): Promise<void> => {
    const file = join(resultsFolder, `${name}.svg`)
    await writeFile(file, drawChart(chart))
    written.push(file)
  }
  for (const result of results.of('sale-storm'))
    if (!isTrial(result.numbers.size)) await draw(result.name, stormFigure(result))
  for (const result of results.of('big-table')) await draw(result.name, tableFigure(result))
  return written
}
