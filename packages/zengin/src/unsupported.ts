import type { ZenginFault } from './fault.ts'
import { shownByte } from './fault.ts'
import { characterOf } from './jis.ts'
import { codeKindOffset } from './layout.ts'

/**
 * What a header declares that this reader does not read: another code than JIS, another business
 * than 総合振込 (so every header of a file has the same one). Its batch is then not read either:
 * EBCDIC read as JIS gives plausible garbage, and other businesses have other fields.
 */
export function unsupported(header: Uint8Array, record: number): readonly ZenginFault[] {
  return [businessKindFault(header, record), codeKindFault(header, record)].filter(
    (fault) => fault !== undefined,
  )
}

const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 0x30 && byte <= 0x39

function businessKindFault(header: Uint8Array, record: number): ZenginFault | undefined {
  const found = header.subarray(1, codeKindOffset)
  const strange = found.findIndex((byte) => !isDigit(byte))
  const place = { record, field: '種別コード' }
  if (strange >= 0) return notDigit(found[strange] ?? 0, { ...place, offset: 1 + strange })
  const kind = String.fromCharCode(...found)
  if (kind === '21') return undefined
  return {
    rule: 'unsupported_kind',
    ...place,
    offset: 1,
    ja: `種別コード ${kind} は扱いません。21(総合振込)だけです。`,
    en: `種別コード ${kind} is not handled here, only 21 (総合振込).`,
  }
}

function codeKindFault(header: Uint8Array, record: number): ZenginFault | undefined {
  const byte = header[codeKindOffset] ?? 0
  const place = { record, field: 'コード区分', offset: codeKindOffset }
  if (!isDigit(byte)) return notDigit(byte, place)
  const code = String.fromCharCode(byte)
  if (code === '0') return undefined
  return {
    rule: 'unsupported_code',
    ...place,
    ja: `コード区分 ${code}${code === '1' ? '(EBCDIC)' : ''} は扱いません。0(JIS)だけです。`,
    en: `コード区分 ${code}${code === '1' ? ' (EBCDIC)' : ''} is not handled here, only 0 (JIS).`,
  }
}

function notDigit(
  byte: number,
  place: Readonly<{ record: number; field: string; offset: number }>,
): ZenginFault {
  const shown = shownByte(byte, characterOf(byte))
  return {
    rule: 'numeric',
    ...place,
    ja: `数字でない ${shown} があります。`,
    en: `${shown} is not a digit.`,
  }
}
