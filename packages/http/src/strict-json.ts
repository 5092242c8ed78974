import type { Fault } from './problems.ts'

export type StrictJson =
  | Readonly<{ kind: 'read'; value: unknown }>
  | Readonly<{
      kind: 'refused'
      code: 'malformed_json' | 'duplicate_key' | 'unknown_field' | 'invalid_field'
      faults: readonly Fault[]
    }>

const depthMax = 32
const wholeNumber = /^(?:0|[1-9]\d{0,9})$/
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads the JSON of a request so that it can be understood in one way only.
 *
 * A number is written in digits: no sign, fraction, exponent or leading zero, at most ten of them.
 * A key stands once in its object, and is never `__proto__`. Text is Unicode without U+0000.
 * Lists and objects lie at most 32 deep. The first thing that breaks a rule is named by its path.
 *
 * `JSON.parse` alone keeps the last of two equal keys and hides how a number was written,
 * and `lossless-json` reports a key written twice only when the two values differ;
 * so the text, once it is known to be JSON, is walked a second time, token by token.
 */
export function readStrictJson(bytes: Uint8Array): StrictJson {
  let text: string
  let value: unknown
  try {
    text = utf8.decode(bytes)
    value = JSON.parse(text)
  } catch {
    return { kind: 'refused', code: 'malformed_json', faults: [] }
  }
  return firstFault(text) ?? { kind: 'read', value }
}

type Container = { keys: Set<string> | undefined; at: string | number; isKeyNext: boolean }

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+/g

/** Walks well-formed JSON and answers the first thing in it that strict JSON forbids. */
function firstFault(text: string): StrictJson | undefined {
  const open: Container[] = []
  for (const [piece] of text.matchAll(token)) {
    const inner = open.at(-1)
    switch (piece.charAt(0)) {
      case '{':
      case '[':
        if (open.length === depthMax) return refused('invalid_field', open, tooDeep)
        open.push(
          piece === '{'
            ? { keys: new Set(), at: '', isKeyNext: true }
            : { keys: undefined, at: 0, isKeyNext: false },
        )
        break
      case '}':
      case ']':
        open.pop()
        break
      case ',':
        if (inner?.keys) inner.isKeyNext = true
        else if (inner) inner.at = Number(inner.at) + 1
        break
      case ':':
        break
      case '"': {
        const word = piece.includes('\\') ? String(JSON.parse(piece)) : piece.slice(1, -1)
        const fault = inner?.isKeyNext ? enterKey(inner, word) : undefined
        if (fault) return refused(fault.code, open, fault.rule)
        if (unstorable.test(word)) return refused('invalid_field', open, notText)
        break
      }
      default:
        if (/^[-\d]/.test(piece) && !wholeNumber.test(piece))
          return refused('invalid_field', open, digitsOnly)
    }
  }
  return undefined
}

function enterKey(
  inner: Container,
  key: string,
): { code: 'duplicate_key' | 'unknown_field'; rule: Rule } | undefined {
  const wasThere = inner.keys?.has(key)
  inner.keys?.add(key)
  inner.at = key
  inner.isKeyNext = false
  if (wasThere) return { code: 'duplicate_key', rule: givenOnce }
  return key === '__proto__' ? { code: 'unknown_field', rule: unknownField } : undefined
}

type Rule = Readonly<{ rule: string; ja: string; en: string }>

const refused = (
  code: 'duplicate_key' | 'unknown_field' | 'invalid_field',
  open: readonly Container[],
  rule: Rule,
): StrictJson => ({
  kind: 'refused',
  code,
  faults: [{ field: fieldOf(open.map((container) => container.at)), ...rule }],
})

/** Where in a request something is: `payouts.0.amountYen`; the body itself is `body`. */
export function fieldOf(path: readonly PropertyKey[]): string {
  const field = path.map(String).join('.')
  const shown = field.length > 200 ? `${field.slice(0, 200)}…` : field
  return shown === '' ? 'body' : shown.replaceAll(/\p{Surrogate}/gu, '\uFFFD')
}

/** NUL, which PostgreSQL cannot store, and halves of surrogate pairs, which are no characters. */
export const unstorable = /\0|\p{Surrogate}/u

export const digitsOnly: Rule = {
  rule: 'digits_only',
  ja: '数字だけで入力してください(10桁まで、符号・小数・指数・先頭の0は使えません)。',
  en: 'Write it in digits only: at most ten, no sign, fraction, exponent or leading zero.',
}
export const givenOnce: Rule = {
  rule: 'given_once',
  ja: '同じ項目が二度書かれています。',
  en: 'This field is given twice.',
}
export const unknownField: Rule = {
  rule: 'unknown_field',
  ja: 'この項目は使えません。',
  en: 'This field is not known here.',
}
export const notText: Rule = {
  rule: 'text',
  ja: '使えない文字が含まれています。',
  en: 'It contains something that is not a character.',
}
const tooDeep: Rule = {
  rule: 'depth',
  ja: '入れ子が深すぎます(32段まで)。',
  en: 'Nested too deep: at most 32 levels.',
}
