import { isUtf8 } from 'node:buffer'
import { joinPath } from '@minnaken/domain'
import { InputError, readInput } from './command.ts'

/** Members of the whole in which numbers may be written in more ways than by digits. */
export type Relaxed = Readonly<{ loose?: readonly string[]; signed?: readonly string[] }>

/**
 * The JSON value in a file, read so that two programs cannot read it differently.
 *
 * `JSON.parse` alone would take the last of two members with the same name, read `1e1` and `10.0`
 * as 10, and put a replacement character for bytes that are not UTF-8. Here a name stands once in
 * an object, and every number is written in digits only.
 *
 * `loose` names members of the whole whose numbers may be written in any way: what is only
 * compared or shown. In those that `signed` names, numbers may be below zero.
 *
 * Throws InputError, with the path.
 */
export async function readStrictJson(file: string, relaxed: Relaxed = {}): Promise<unknown> {
  const bytes = await readInput(file)
  if (!isUtf8(bytes)) throw new InputError(`${file}: UTF-8ではありません / not UTF-8`)
  let text = ''
  let value: unknown
  try {
    text = bytes.toString('utf8')
    value = JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new InputError(`${file}: JSONではありません / not JSON (${why})`)
  }
  const fault = findUnclearJson(text, relaxed)
  if (fault !== null) throw new InputError(`${file}: ${fault}`)
  return value
}

/** An object or a list that is not closed yet. */
type Open = {
  /** The members' names so far; null in a list. */
  names: Set<string> | string[] | null
  /** The member that is being read: its name, or its number in a list. */
  member: string | number
}

/** Above this a set is quicker than looking through the names. */
const namesInListMax = 8

/**
 * Says which member is written in a way that two programs could read differently, or null.
 *
 * `text` is one that `JSON.parse` has taken, so that only names and numbers need a look.
 * One pass, and no memory but the names of the objects that are open.
 */
export function findUnclearJson(text: string, relaxed: Relaxed = {}): string | null {
  const open: Open[] = []
  let inside: Open = { names: null, member: '' }
  let isName = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '"') {
      const end = endOfText(text, at)
      if (isName) {
        inside.member = nameIn(text, at, end)
        if (isTwice(inside)) return `${pathOf(open)}: 二度あります / appears twice`
        isName = false
      }
      at = end
    } else if (character === '{' || character === '[') {
      isName = character === '{'
      inside = isName ? { names: [], member: '' } : { names: null, member: 0 }
      open.push(inside)
    } else if (character === '}' || character === ']') {
      isName = false
      open.pop()
      inside = open.at(-1) ?? inside
    } else if (character === ',') {
      isName = inside.names !== null
      if (typeof inside.member === 'number') inside.member++
    } else if (character === '-' || (character >= '0' && character <= '9')) {
      const end = endOfNumber(text, at)
      if (!isClear(text.slice(at, end), String(open[0]?.member), relaxed))
        return `${pathOf(open)}: 数は数字だけで書いてください / numbers are written in digits only`
      at = end - 1
    }
  }
  return null
}

/** Where the text that begins at `from` has its closing quote. */
function endOfText(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); ; end = text.indexOf('"', end + 1)) {
    let escapes = 0
    while (text[end - 1 - escapes] === '\\') escapes++
    if (escapes % 2 === 0) return end
  }
}

/** Whether a number, as it is written, may stand in a member of the whole. */
function isClear(number: string, member: string, { loose = [], signed = [] }: Relaxed): boolean {
  if (/^(?:0|[1-9]\d*)$/.test(number) || loose.includes(member)) return true
  return signed.includes(member) && /^-[1-9]\d*$/.test(number)
}

function endOfNumber(text: string, from: number): number {
  let end = from + 1
  while (end < text.length && '0123456789+-.eE'.includes(text[end] ?? ' ')) end++
  return end
}

function nameIn(text: string, from: number, end: number): string {
  const written = text.slice(from + 1, end)
  return written.includes('\\') ? String(JSON.parse(`"${written}"`)) : written
}

/** Whether the name that was just read stood in the same object before; remembers it. */
function isTwice(inside: Open): boolean {
  const name = String(inside.member)
  if (inside.names instanceof Set) {
    if (inside.names.has(name)) return true
    inside.names.add(name)
    return false
  }
  if (inside.names === null || inside.names.includes(name)) return true
  inside.names.push(name)
  if (inside.names.length > namesInListMax) inside.names = new Set(inside.names)
  return false
}

/** The path of the member that is being read, in the form of all other faults' paths. */
const pathOf = (open: readonly Open[]): string =>
  open.reduce(
    (path, { member }) =>
      typeof member === 'number' ? `${path}[${member}]` : joinPath(path, member),
    '',
  )
