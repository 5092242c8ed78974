import { randomBytes } from 'node:crypto'
import { connect } from '@minnaken/db'
import { isJstDate, uuidv7 } from '@minnaken/domain'
import { CampaignBook } from '@minnaken/ledger'
import { closePeriod } from '@minnaken/settlement/close'
import { type Command, InputError, printJson } from './command.ts'
import { withDatabase } from './platform/database.ts'
import { listenForEnd } from './platform/interruption.ts'

export const command: Command = {
  usage: 'close --period YYYY-MM-DD..YYYY-MM-DD',
  summary:
    '期間を締め、店ごとの精算額を確定します。もう一度しても同じです / Closes a period; again gives the same run.',
  async run(args) {
    const period = periodOf(args)
    listenForEnd()
    return withDatabase({ what: 'close', role: 'settlement' }, (url) => closeOn(url, period))
  },
}

async function closeOn(url: string, period: ReturnType<typeof periodOf>): Promise<0 | 1> {
  const { db, close } = connect({ url, applicationName: 'minnaken-close', connectionsMax: 2 })
  try {
    const outcome = await closePeriod(
      {
        db,
        campaigns: new CampaignBook(db),
        now: Date.now,
        newId: () => uuidv7(Date.now(), randomBytes(10)),
        onStep: (step) => process.stderr.write(`… ${step}\n`),
      },
      period,
    )
    if (outcome.kind === 'refused') {
      process.stderr.write(`${JSON.stringify(outcome.refusal)}\n`)
      return 1
    }
    const { runId, state, shops, lines, payableYen } = outcome.run
    await printJson({ run: runId, state, shops, lines, payableYen })
    return 0
  } finally {
    await close()
  }
}

function periodOf(args: readonly string[]) {
  const [start, end] = args[0] === '--period' ? (args[1] ?? '').split('..') : []
  if (args.length !== 2 || start === undefined || end === undefined)
    throw new InputError('--period: YYYY-MM-DD..YYYY-MM-DD')
  for (const date of [start, end])
    if (!isJstDate(date)) throw new InputError(`--period: ${date} は日付ではありません / not a day`)
  if (start > end) throw new InputError(`--period: ${start} は ${end} より後です / is after`)
  return { periodStart: start, periodEnd: end }
}
