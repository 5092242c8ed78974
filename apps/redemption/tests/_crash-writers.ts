import { setTimeout as wait } from 'node:timers/promises'
import type { Instant } from '@minnaken/domain'
import type { Workers } from './_crash-workers.ts'
import type { Phone, TillSide } from './_stage.ts'

/** A payment that a till was told it has. */
export type Acknowledged = Readonly<{
  redemptionId: string
  walletId: string
  amount: number
  /** Which purchase at the till it was for: one purchase is paid once. */
  purchase: string
}>

/** What the tills wrote down, on their side of the line. */
type Journal = {
  readonly acknowledged: Acknowledged[]
  readonly refused: string[]
  /** Tries whose outcome the till was not told. */
  unknown: number
  /** Of these, those that had taken effect all the same: the retry heard its first answer. */
  foundTaken: number
  /** Sent again after an answer, as a till does that is not sure: told the same again. */
  repeated: number
}

export type Writers = Readonly<{
  journal: Journal
  /** Until so many more payments have been acknowledged. */
  untilMore: (count: number) => Promise<void>
  /** Ends when every payment that was begun has its answer. */
  stop: () => Promise<void>
}>

/** What a till does when it was not told: the same request again, or (wrongly) a new code. */
export type Retry = 'the_same_request' | 'a_new_code'

type Answer =
  | Readonly<{ kind: 'accepted'; redemptionId: string; replayed: boolean }>
  | Readonly<{ kind: 'refused'; code: string }>
  | Readonly<{ kind: 'unknown' }>

const ANSWER_MS = 15_000

async function ask(
  url: string,
  till: TillSide,
  body: Readonly<{ code: string; amountYen: number }>,
): Promise<Answer> {
  let response: Response
  let told: Record<string, unknown>
  try {
    response = await fetch(`${url}/v1/redemptions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${till.token}` },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    told = (await response.json()) as Record<string, unknown>
  } catch {
    return { kind: 'unknown' }
  }
  if (response.status === 201)
    return {
      kind: 'accepted',
      redemptionId: String(told['redemptionId']),
      replayed: told['replayed'] === true,
    }
  if (response.status === 503) return { kind: 'unknown' }
  return { kind: 'refused', code: `${response.status} ${String(told['code'])}` }
}

/**
 * Tills that take payments from phones as fast as they are answered, until they are stopped.
 *
 * Each asks the workers in turn and writes down what it was told.
 */
export function startWriters(
  of: Readonly<{
    count: number
    workers: Workers
    tills: readonly TillSide[]
    phones: readonly Phone[]
    now: () => Instant
    retry?: Retry
  }>,
): Writers {
  const { count, workers, tills, phones, now, retry = 'the_same_request' } = of
  const journal: Journal = {
    acknowledged: [],
    refused: [],
    unknown: 0,
    foundTaken: 0,
    repeated: 0,
  }
  const state = { isStopped: false }

  async function payOnce(writer: number, round: number): Promise<void> {
    const till = tills[writer % tills.length]
    const phone = phones[(writer + round) % phones.length]
    if (till === undefined || phone === undefined) throw new Error('there are tills and phones')
    const amountYen = 1 + ((writer * 7 + round) % 20)
    let code = await phone.code(now())
    for (let tries = 0; ; tries++) {
      const answer = await ask(workers.url(writer + round + tries), till, { code, amountYen })
      if (answer.kind === 'refused') {
        journal.refused.push(answer.code)
        return
      }
      if (answer.kind === 'accepted') {
        const { redemptionId } = answer
        if (answer.replayed) journal.foundTaken += 1
        journal.acknowledged.push({
          redemptionId,
          walletId: phone.walletId,
          amount: amountYen,
          purchase: `${writer} ${round}`,
        })
        if (round % 10 === 0)
          await repeat({ writer, till, redemptionId, body: { code, amountYen } })
        return
      }
      journal.unknown += 1
      if (retry === 'a_new_code') code = await phone.code(now())
      await wait(30 * 2 ** Math.min(tries, 4))
    }
  }

  /** The same again after its answer: never another payment. */
  async function repeat(
    it: Readonly<{
      writer: number
      till: TillSide
      redemptionId: string
      body: Parameters<typeof ask>[2]
    }>,
  ): Promise<void> {
    const again = await ask(workers.url(it.writer), it.till, it.body)
    if (again.kind === 'unknown') return
    if (again.kind !== 'accepted' || again.redemptionId !== it.redemptionId || !again.replayed)
      journal.refused.push(`a repetition of ${it.redemptionId} heard ${JSON.stringify(again)}`)
    else journal.repeated += 1
  }

  const running = Array.from({ length: count }, async (_, writer) => {
    for (let round = 0; !state.isStopped; round++) await payOnce(writer, round)
  })

  return {
    journal,
    untilMore: async (more) => {
      const wanted = journal.acknowledged.length + more
      const giveUpAt = Date.now() + 30_000
      while (journal.acknowledged.length < wanted) {
        if (Date.now() > giveUpAt) throw new Error('payments do not come back')
        await wait(5)
      }
    },
    stop: async () => {
      state.isStopped = true
      await Promise.all(running)
    },
  }
}
