import { isUtf8 } from 'node:buffer'
import { type CodeInspection, inspectCode } from '@minnaken/qr'
import { type Command, type ExitCode, InputError, print, printJson, readInput } from '../command.ts'
import { localOrigins } from '../platform/addresses.ts'

export const command: Command = {
  usage: 'qr inspect TEXT|- [--json]',
  summary:
    '読み取ったコードが何かを調べる(窓口用) / tell what a scanned code is, for the help desk',
  run: inspect,
}

async function inspect(args: readonly string[]): Promise<ExitCode> {
  const [given, ...more] = args.filter((arg) => arg !== '--json')
  if (given === undefined || more.length > 0)
    throw new InputError('TEXTを1つ、引用符で囲んで指定してください / give one TEXT, in quotes')
  if (given.startsWith('--'))
    throw new InputError(`${given}: 知らないオプションです / unknown option`)
  const text = given === '-' ? await scannedText() : given
  const inspection = inspectCode(text, { origin: localOrigins().resident })
  if (args.includes('--json')) await printJson(inspection)
  else await print(textOf(inspection))
  return inspection.valid ? 0 : 1
}

/** A scanner ends what it read with a line break; spaces belong to the code. */
async function scannedText(): Promise<string> {
  const bytes = await readInput('-')
  if (!isUtf8(bytes)) throw new InputError('-: UTF-8ではありません / not UTF-8')
  return bytes.toString('utf8').replace(/\r?\n$/, '')
}

const kinds: Readonly<Record<CodeInspection['kind'], string>> = {
  payment_code: '支払コード(お客さまのスマホ) / a payment code',
  shop_code: '店のコード / the code of a shop',
  emvco_mpm: 'ほかの会社の店用コード(EMVCo) / another company’s shop code (EMVCo)',
  jpqr: 'JPQR(ほかの会社の統一コード) / JPQR, a code of other companies',
  emvco_cpm: 'ほかの会社の支払コード(EMVCo) / another company’s payment code (EMVCo)',
  url: 'ほかのアドレス / another address',
  digits: '数字のコード / a code of digits',
  unknown: '知らないコード / unknown',
}

function textOf({ kind, ours, valid, faults, fields }: CodeInspection): string {
  const whose = ours ? 'みんな券のものです / ours' : 'みんな券のものではありません / not ours'
  const lines = [
    kinds[kind],
    whose,
    ...Object.entries(fields).map(
      ([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
    valid ? '形式は正しいです / its form is right' : '形式が正しくありません / its form is wrong',
    ...faults.map(({ rule, at }) => `  ${rule} (${at})`),
  ]
  return `${lines.join('\n')}\n`
}
