import { sql } from 'kysely'
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

/**
 * Turns a number of twelve digits into the code that it stands for; anything else is a code already.
 *
 * A number stays with its code, so that asking again, however late, finds the first answer.
 * Guessing is hopeless: eleven free digits, a minute for each number, ten wrong ones a minute for a
 * till at all processes together, and every hit has the till's name on it.
 */
export function numberReader({ db, now }: Pick<Deps, 'db' | 'now'>): ReadNumber {
  return async (presented, tillId) => {
    if (!/^\d{12}$/.test(presented)) return { kind: 'code', text: presented }
    const { rows } = await lookUp({ number: presented, tillId, at: now() }).execute(db)
    const [{ code, isStopped } = { code: null, isStopped: true }] = rows
    if (isStopped) return { kind: 'too_many_requests' }
    return code === null ? { kind: 'number_unknown' } : { kind: 'code', text: code }
  }
}

/**
 * Looks a number up and counts it if it is wrong, in one statement: of many guesses that come at
 * once only those can be too many that run at once, one for each connection. A number that is right
 * writes nothing, and neither does a till that is stopped.
 */
function lookUp({ number, tillId, at }: Readonly<{ number: string; tillId: string; at: number }>) {
  const [from, until] = [new Date(at - MISSES_MS), new Date(at + MISSES_MS)]
  return sql<{ code: string | null; isStopped: boolean }>`
    with found as (
      select code from redemption.payment_number where number = ${number}
    ), earlier as (
      select misses from redemption.number_misses
      where till_id = ${tillId}::uuid and since > ${from} and since < ${until}
    ), missed as (
      insert into redemption.number_misses as known (till_id, since, misses)
      select ${tillId}::uuid, ${new Date(at)}::timestamptz, 1 where not exists (select from found)
      on conflict (till_id) do update set
        misses = case when known.since > ${from} and known.since < ${until}
          then known.misses + 1 else 1 end,
        since = case when known.since > ${from} and known.since < ${until}
          then known.since else excluded.since end
        where known.misses < ${MISSES_MAX} or known.since <= ${from} or known.since >= ${until}
      returning misses
    )
    select (select code from found) as code,
      coalesce((select misses from earlier), 0) >= ${MISSES_MAX}
        or not exists (select from found) and not exists (select from missed) as "isStopped"`
}
