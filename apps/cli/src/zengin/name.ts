import { isUtf8 } from 'node:buffer'
import { cutName, encodeHalf, normaliseName, type TextClass, textClasses } from '@minnaken/zengin'
import { type Command, type ExitCode, InputError, printJson, readInput } from '../command.ts'

export const command: Command = {
  usage: 'zengin name [--class party|bank|edi] [--max BYTES] TEXT…|- [--json]',
  summary:
    '名前を銀行のファイルの半角カナにする(1つにJSON1行) / names as half-width kana, a line of JSON each',
  run: name,
}

type Asked = Readonly<{ texts: readonly string[]; textClass: TextClass; max: number | undefined }>

async function name(args: readonly string[]): Promise<ExitCode> {
  const { texts, textClass, max } = asked(args)
  const names = texts.length === 1 && texts[0] === '-' ? await linesOfInput() : texts
  let isRefused = false
  for (const input of names) {
    const { kind, ...answer } = normaliseName(input, { class: textClass })
    if (kind === 'refused') isRefused = true
    await printJson('half' in answer ? accepted(input, answer.half, max) : { input, ...answer })
  }
  return isRefused ? 1 : 0
}

function accepted(input: string, half: string, max: number | undefined): unknown {
  const bytes = encodeHalf(half)
  const answer = { input, half, hex: Buffer.from(bytes).toString('hex'), bytes: bytes.length }
  if (max === undefined) return answer
  const fits = bytes.length <= max
  return { ...answer, fits, ...(fits ? {} : { cut: cutName(half, max) }) }
}

/** Options may stand anywhere before `--`; what begins with one dash is a text. */
function asked(args: readonly string[]): Asked {
  const texts: string[] = []
  let textClass: TextClass = 'party'
  let max: number | undefined
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ''
    if (arg === '--') {
      texts.push(...args.slice(index + 1))
      break
    }
    if (arg === '--json') continue
    if (arg === '--class') textClass = classOf(args[(index += 1)])
    else if (arg === '--max') max = bytesOf(args[(index += 1)])
    else if (arg.startsWith('--'))
      throw new InputError(`${arg}: 知らないオプションです / unknown option`)
    else texts.push(arg)
  }
  if (texts.length === 0) throw new InputError('TEXTを指定してください / give at least one TEXT')
  if (texts.length > 1 && texts.includes('-'))
    throw new InputError('- と TEXT は一緒に使えません / - stands alone, without a TEXT')
  return { texts, textClass, max }
}

function classOf(value: string | undefined): TextClass {
  const found = textClasses.find((textClass) => textClass === value)
  if (found) return found
  throw new InputError(`--class: ${textClasses.join('、')} のどれかです / is one of these`)
}

function bytesOf(value: string | undefined): number {
  if (value !== undefined && /^\d{1,6}$/.test(value)) return Number(value)
  throw new InputError('--max: バイト数(0以上の整数)です / is a number of bytes, 0 or more')
}

/** Each line is a name, the empty one too; the last line may end without a line break. */
async function linesOfInput(): Promise<readonly string[]> {
  const bytes = await readInput('-')
  if (!isUtf8(bytes)) throw new InputError('-: UTF-8ではありません / not UTF-8')
  const text = bytes.toString('utf8')
  const lines = text.split(/\r?\n/)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}
