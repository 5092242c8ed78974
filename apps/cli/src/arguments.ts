import { InputError } from './command.ts'

/** Reads `FILE [--json]`, in either order. Throws InputError for anything else. */
export function fileAndJson(args: readonly string[]): Readonly<{ file: string; json: boolean }> {
  const unknown = args.find((arg) => arg.startsWith('-') && arg !== '-' && arg !== '--json')
  if (unknown !== undefined) throw new InputError(`${unknown}: 知らない指定です / unknown option`)
  const [file, extra] = args.filter((arg) => arg !== '--json')
  if (file === undefined) throw new InputError('FILE: 書かれていません / is missing')
  if (extra !== undefined)
    throw new InputError(`${extra}: ファイルは一つだけです / only one file is taken`)
  return { file, json: args.includes('--json') }
}
