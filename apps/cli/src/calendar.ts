import { parseArgs } from 'node:util'
import {
  addDays,
  type CalendarRow,
  isJstDate,
  type JstDate,
  payDateRolls,
  payoutCalendar,
  settlementRules,
} from '@minnaken/domain'
import { isBankDay, isInBankCalendar, isPredicted } from '@minnaken/zengin'
import { type Command, InputError, print, printJson } from './command.ts'

/** Lists when shops are paid for each closing, and when the banks' file is made and due. */
export const command: Command = {
  usage: 'calendar --rule A|B|C --roll previous|next --from DATE --to DATE [--json]',
  summary: '締めと振込の暦を出します / the calendar of closings and pay dates',
  run: async (args) => {
    const given = readOptions(args)
    const rule = oneOf('rule', settlementRules, given.rule)
    const roll = oneOf('roll', payDateRolls, given.roll)
    const from = dayOf('from', given.from)
    const to = dayOf('to', given.to)
    if (to < from) throw new InputError(`--to: ${from} より前です / ${to} is before --from ${from}`)
    const rows = payoutCalendar({ rule, roll, from, to, isBankDay })
    const last = rows.at(-1)
    if (last !== undefined && isPredicted(last.payDate))
      process.stderr.write(
        '公表前の祝日を含む予測です / rests on holidays that are not published yet\n',
      )
    await (given.json ? printJson(rows) : print(tableOf(rows)))
    return 0
  },
}

function readOptions(args: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      options: { rule: text, roll: text, from: text, to: text, json: { type: 'boolean' } },
    }).values
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error))
  }
}

function oneOf<T extends string>(name: string, values: readonly T[], given: string | undefined): T {
  const found = values.find((value) => value === given)
  if (found === undefined)
    throw new InputError(
      `--${name}: ${values.join('・')} のどれかです / one of ${values.join(', ')}`,
    )
  return found
}

/** Two months after the last closing its pay date must still be in the calendar of bank days. */
const PAID_WITHIN_DAYS = 62

function dayOf(name: string, given: string | undefined): JstDate {
  if (given === undefined || !isJstDate(given))
    throw new InputError(
      `--${name}: 2027-02-01 の形の実在する日です / a day that exists, such as 2027-02-01`,
    )
  if (!isInBankCalendar(given) || !isInBankCalendar(addDays(given, PAID_WITHIN_DAYS)))
    throw new InputError(`--${name}: 銀行休業日の暦の外です / outside the calendar of bank days`)
  return given
}

function tableOf(rows: readonly CalendarRow[]): string {
  const lines = rows.map((row) => {
    const moved = row.moved ? `（${row.nominal} から）` : ''
    const file = `ファイル作成 ${row.fileMade}  提出期限 ${row.fileDue}`
    return `${row.periodStart}〜${row.periodEnd}  振込 ${row.payDate}${moved}  ${file}\n`
  })
  return lines.length === 0
    ? 'この期間に締めはありません / no closing in this range\n'
    : lines.join('')
}
