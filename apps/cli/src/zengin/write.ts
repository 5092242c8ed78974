import { writeZenginJson } from '@minnaken/zengin'
import { type Command, type ExitCode, InputError, print } from '../command.ts'
import { readStrictJson } from '../strict-json.ts'

export const command: Command = {
  usage: 'zengin write FILE',
  summary: 'JSONから全銀総合振込ファイルを作る / make a file of bank transfers from JSON',
  run: write,
}

async function write(args: readonly string[]): Promise<ExitCode> {
  const [file, ...more] = args
  if (file === undefined || more.length > 0)
    throw new InputError('FILEを1つ指定してください / give one FILE')
  if (file.startsWith('--'))
    throw new InputError(`${file}: 知らないオプションです / unknown option`)
  const written = writeZenginJson(await readStrictJson(file))
  if (written.kind === 'refused')
    throw new InputError(
      written.refusals.map(({ path, ja, en }) => `${file}: ${path}: ${ja} / ${en}`).join('\n'),
    )
  for (const date of written.predictedDates)
    process.stderr.write(
      `${date}: 祝日が未発表の年です(予測) / holidays of that year are not published yet\n`,
    )
  await print(written.bytes)
  return 0
}
