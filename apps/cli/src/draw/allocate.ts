import { allocateUnits, parseDraw, printResult, resultOf } from '@minnaken/domain'
import { print, type Command } from '../command.ts'
import { fileAndJson } from '../arguments.ts'
import { refuseFaults } from '../faults.ts'
import { drawHashes } from './hashes.ts'
import { progressOf } from '../progress.ts'
import { readStrictJson } from '../strict-json.ts'
import { summaryOf } from './summary.ts'

/** Shares a campaign's units among its applications: `maxmin-v1`, the same answer every time. */
export const command: Command = {
  usage: 'draw allocate FILE [--json]',
  summary:
    '申込みの一覧に口数を配分し抽選します / shares units among applications and draws the rest',
  run: async (args) => {
    const { file, json } = fileAndJson(args)
    const parsed = parseDraw(await readStrictJson(file))
    if ('faults' in parsed) return refuseFaults(file, parsed.faults)
    const { draw } = parsed
    const progress = progressOf(draw.applications.length)
    progress('配分と抽選 / sharing out')
    const allocation = allocateUnits({ draw, hashes: drawHashes() })
    progress('結果の書き出し / writing')
    if (json) {
      for (const piece of printResult(resultOf(allocation))) await print(piece)
      await print('\n')
    } else await print(summaryOf(draw, allocation))
    return 0
  },
}
