import { connect } from '@minnaken/db'
import { type Verification, verifyLedger } from '@minnaken/ledger'
import { type Command, InputError, print, printJson } from './command.ts'
import { identityLines } from './money.ts'
import { withDatabase } from './platform/database.ts'
import { listenForEnd } from './platform/interruption.ts'

export const command: Command = {
  usage: 'verify-ledger [--json]',
  summary:
    '帳簿を最初から再計算し、残高・店舗・明細・お金の行き先を突き合わせます / Replays the book and checks every balance.',
  async run(args) {
    const asJson = args.includes('--json')
    if (args.some((arg) => arg !== '--json')) throw new InputError(`${args[0]}: ?`)
    listenForEnd()
    const verification = await withDatabase({ what: 'verify-ledger', role: 'auditor' }, verify)
    if (asJson) await printJson(verification)
    else await print(described(verification))
    return verification.balanced ? 0 : 1
  },
}

async function verify(url: string): Promise<Verification> {
  const { db, close } = connect({ url, applicationName: 'minnaken-verify', connectionsMax: 1 })
  try {
    return await verifyLedger(db, (name) => process.stderr.write(`… ${name}\n`))
  } finally {
    await close()
  }
}

/** The result as a clerk reads it. */
export const described = ({ balanced, identity, checks }: Verification): string =>
  [
    ...identityLines(identity),
    '',
    ...checks.map(
      ({ name, ok, checked, firstDifference }) =>
        `${ok ? '✓' : '✗'} ${name} (${checked.toLocaleString('ja-JP')})` +
        (ok ? '' : ` ${JSON.stringify(firstDifference)}`),
    ),
    '',
    balanced
      ? '帳簿は合っています / the books balance'
      : '帳簿が合いません / the books do not balance',
    '',
  ].join('\n')
