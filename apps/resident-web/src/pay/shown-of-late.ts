import type { ShownCode } from '@minnaken/ui'
import { hexOf, stillAnswered } from './code-time.ts'

/** A code that this phone has shown, as far as it matters afterwards. */
type Shown = Readonly<{
  /** The phone that signed it: on the phone of somebody else it counts for nothing. */
  deviceId: string
  /** In hex. */
  nonce: string
  /** Server time, milliseconds. */
  issuedAt: number
  /** Its payment was heard of here. */
  hasPaid: boolean
  /** And somebody has looked at it. */
  isSeen: boolean
}>

const KEY = 'minnaken.shown'

/** The codes of the last minutes, oldest first. A page that is loaded anew finds them again. */
let shown = readShown()

function readShown(): readonly Shown[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as readonly Shown[]
    // What nobody has looked at is told again.
    return kept.map((code) => ({ ...code, hasPaid: code.isSeen }))
  } catch {
    return []
  }
}

function keepShown(codes: readonly Shown[]): void {
  shown = codes
  try {
    sessionStorage.setItem(KEY, JSON.stringify(codes))
  } catch {
    // Then they are known until the page is closed.
  }
}

/** Whose codes are asked for, and at which server time. */
type Asked = Readonly<{ deviceId: string; now: number }>

/** The codes that a till may still answer for, oldest first. */
export const shownOfLate = ({ deviceId, now }: Asked): readonly Shown[] =>
  stillAnswered(shown, now).filter((code) => code.deviceId === deviceId)

export function addShown({ nonce, issuedAt }: ShownCode, asked: Asked): void {
  const { deviceId } = asked
  const made = { deviceId, nonce: hexOf(nonce), issuedAt, hasPaid: false, isSeen: false }
  keepShown([...shownOfLate(asked), made])
}

const mark = (nonce: string, known: Partial<Shown>): void =>
  keepShown(shown.map((code) => (code.nonce === nonce ? { ...code, ...known } : code)))

/**
 * Hears of a payment. Answers whether it is to be told: by a code that was shown here, for the first
 * time.
 */
export function hearPaid(nonce: string, asked: Asked): boolean {
  const isNews = shownOfLate(asked).some((code) => code.nonce === nonce && !code.hasPaid)
  if (isNews) mark(nonce, { hasPaid: true })
  return isNews
}

/** Somebody has looked at what this code has paid: it is not told again. */
export const sawPaid = (nonce: string): void => mark(nonce, { isSeen: true })

export const hasPaid = ({ nonce }: Pick<ShownCode, 'nonce'>): boolean =>
  shown.some((code) => code.nonce === hexOf(nonce) && code.hasPaid)

/** A till says at the latest by then which words the code had that it took. */
const WORDS_MS = 120_000

/**
 * The codes whose words a till may be showing, newest first. A till takes a code until its very
 * end, and a phone without a network shows the next one by then.
 */
export const maybeTaken = (asked: Asked): readonly Shown[] =>
  shownOfLate(asked)
    .filter((code) => !code.hasPaid && asked.now - code.issuedAt < WORDS_MS)
    .toReversed()
