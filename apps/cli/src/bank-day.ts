import { isJstDate } from '@minnaken/domain'
import {
  type BankClosure,
  bankCalendar,
  isInBankCalendar,
  isPredicted,
  whyNotBankDay,
} from '@minnaken/zengin'
import { type Command, type ExitCode, InputError, print, printJson } from './command.ts'

export const command: Command = {
  usage: 'bank-day DATE… [--json]',
  summary: '銀行営業日かどうかを答える / tell whether banks are open on these days',
  run: bankDay,
}

async function bankDay(args: readonly string[]): Promise<ExitCode> {
  const dates = args.filter((arg) => arg !== '--json')
  if (dates.length === 0)
    throw new InputError('DATEを指定してください / give at least one DATE (YYYY-MM-DD)')
  const problems = dates.flatMap((date, index) => problemsOf(date, index + 1))
  if (problems.length > 0) throw new InputError(problems.join('\n'))
  for (const date of dates)
    if (isPredicted(date))
      process.stderr.write(
        `${date}: 祝日が未発表の年です(予測) / holidays of that year are not published yet\n`,
      )
  const days = dates.map((date) => ({ date, closure: whyNotBankDay(date) }))
  if (args.includes('--json'))
    await printJson(
      days.map(({ date, closure }) => ({
        date,
        bankDay: closure === undefined,
        why: closure?.kind ?? null,
      })),
    )
  else await print(days.map(({ date, closure }) => `${date}  ${words(closure)}\n`).join(''))
  return 0
}

function problemsOf(date: string, place: number): readonly string[] {
  const at = `DATE ${place} (${date})`
  if (!isJstDate(date))
    return [`${at}: 存在する日を YYYY-MM-DD で書きます / is not a day in the form YYYY-MM-DD`]
  if (isInBankCalendar(date)) return []
  const { from, until } = bankCalendar
  return [`${at}: ${from} から ${until} の前日までです / lies outside ${from} to before ${until}`]
}

const closures = {
  saturday: '休業(土曜日)',
  sunday: '休業(日曜日)',
  year_end: '休業(年末年始)',
} as const

function words(closure: BankClosure | undefined): string {
  if (!closure) return '営業日'
  return closure.kind === 'holiday' ? `休業(${closure.name})` : closures[closure.kind]
}
