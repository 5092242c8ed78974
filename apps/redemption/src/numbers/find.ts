import { isPaymentNumber } from '@minnaken/qr'
import type { Deps } from '../deps.ts'

/** What a till presented, as the code that a phone signed. */
export type ReadNumber = (
  presented: string,
  tillId: string,
) => Promise<
  | Readonly<{ kind: 'code'; text: string }>
  | Readonly<{ kind: 'number_unknown' | 'too_many_requests' }>
>

/** So often a till may be wrong within a minute; a person who mistypes is told before it is sent. */
const MISSES_MAX = 10
const MISSES_MS = 60_000
const TILLS_MAX = 10_000

/**
 * Turns a number of twelve digits into the code that it stands for; anything else is a code already.
 *
 * A number stays with its code, so that asking again, however late, finds the first answer.
 * Guessing is hopeless: eleven free digits, a minute for each number, ten wrong ones a minute for a
 * till, and every hit has the till's name on it.
 */
export function numberReader({ db, now }: Pick<Deps, 'db' | 'now'>): ReadNumber {
  const misses = new Map<string, number[]>()

  const recentMisses = (tillId: string): number[] =>
    (misses.get(tillId) ?? []).filter((at) => Math.abs(now() - at) < MISSES_MS)

  const miss = (tillId: string): void => {
    const recent = [...recentMisses(tillId), now()]
    misses.delete(tillId)
    misses.set(tillId, recent)
    const [longestQuiet] = misses.size > TILLS_MAX ? misses.keys() : []
    if (longestQuiet !== undefined) misses.delete(longestQuiet)
  }

  return async (presented, tillId) => {
    if (!/^\d{12}$/.test(presented)) return { kind: 'code', text: presented }
    if (recentMisses(tillId).length >= MISSES_MAX) return { kind: 'too_many_requests' }
    const found = isPaymentNumber(presented)
      ? await db
          .selectFrom('redemption.payment_number')
          .select('code')
          .where('number', '=', presented)
          .executeTakeFirst()
      : undefined
    if (found !== undefined) return { kind: 'code', text: found.code }
    miss(tillId)
    return { kind: 'number_unknown' }
  }
}
