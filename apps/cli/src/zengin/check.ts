import { jstDateOf } from '@minnaken/domain'
import { type CheckedFile, checkZengin, type ZenginFault } from '@minnaken/zengin'
import { type Command, type ExitCode, InputError, print, printJson, readInput } from '../command.ts'

export const command: Command = {
  usage: 'zengin check FILE [--json]',
  summary: '全銀総合振込ファイルを調べる / check a file of bank transfers',
  run: check,
}

async function check(args: readonly string[]): Promise<ExitCode> {
  const isJson = args.includes('--json')
  const [file, ...more] = args.filter((arg) => arg !== '--json')
  if (file === undefined || more.length > 0)
    throw new InputError('FILEを1つ指定してください / give one FILE')
  if (file.startsWith('--'))
    throw new InputError(`${file}: 知らないオプションです / unknown option`)
  const checked = checkZengin(await readInput(file), { madeOn: jstDateOf(Date.now()) })
  if (isJson) await printJson(jsonOf(checked))
  else await print(textOf(checked))
  return checked.valid ? 0 : 1
}

function jsonOf(checked: CheckedFile): unknown {
  if (!checked.valid)
    return {
      valid: false,
      faults: checked.faults.map(({ rule, record, field, offset, ja, en }) => ({
        rule,
        record,
        field,
        offset,
        message: `${ja} / ${en}`,
      })),
    }
  const { valid, separator, trailingSeparator, records, batches, faults } = checked
  return { valid, separator, trailingSeparator, records, batches, faults }
}

function textOf(checked: CheckedFile): string {
  if (!checked.valid)
    return [
      `誤りが${checked.faults.length}件あります。このファイルは使えません。`,
      ...checked.faults.map(faultText),
      '',
    ].join('\n')
  const { separator, trailingSeparator, records, batches } = checked
  const ending = trailingSeparator ? '末尾にもあり' : '末尾にはなし'
  return [
    `正しいファイルです。${records}レコード、区切り${separator === 'crlf' ? `CRLF(${ending})` : 'なし'}`,
    ...batches.map(
      ({ header, trailer }) =>
        `  振込指定日 ${header.valueDate.slice(0, 2)}/${header.valueDate.slice(2)}  ` +
        `${header.originatorName}  ${trailer.count.toLocaleString('en-US')}件  ` +
        `${trailer.amount.toLocaleString('en-US')}円`,
    ),
    '',
  ].join('\n')
}

const faultText = ({ rule, record, field, offset, ja, en }: ZenginFault): string =>
  `  レコード${record}  ${field ?? '(全体)'}  ${offset + 1}バイト目  ${rule}\n    ${ja}\n    ${en}`
