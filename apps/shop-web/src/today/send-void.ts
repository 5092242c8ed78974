import {
  type Body,
  type Failure,
  type Reply,
  call,
  isPassing,
  newWishId,
  readStored,
  saysNothing,
  store,
} from '@minnaken/ui'
import type { voidBody, voidReply } from '@minnaken/redemption/contract'

/** What is to be taken back of a payment; `yen` is null for all that is left. */
export type VoidWish = Readonly<{ yen: number | null; reason: string }>

/** A wish that was sent, under its name; nobody knows yet what came of it. */
export type SentVoid = VoidWish &
  Readonly<{
    id: string
    redemptionId: string
    /** The till that asked; null when the owner did. Under another name it would be another void. */
    tillId: string | null
    sentAt: number
  }>

/** Who voids: the shop's owner by the session's cookie, else this device as a till by its token. */
export type Voider = Readonly<{
  till: Readonly<{ tillId: string; token: string }> | null
  isOwner: boolean
}>

export type Voided =
  | Readonly<{ kind: 'voided'; yen: number }>
  /** Nothing was voided, and nothing will be. */
  | Readonly<{ kind: 'refused'; failure: Failure }>
  /** Kept, and asked about under the same name until it is known. */
  | Readonly<{ kind: 'in_doubt'; sent: SentVoid; failure: Failure }>

/** What came of an older one the list of the day tells, and it is never sent again by itself. */
const RESUMED_MS = 15 * 60_000

const keyOf = (redemptionId: string): string => `void.${redemptionId}`

/** The void of a payment that was sent by this voider and never answered, also on an earlier visit. */
export function openVoid(
  redemptionId: string,
  { voider, now }: Readonly<{ voider: Voider; now: number }>,
): SentVoid | null {
  const text = readStored(keyOf(redemptionId))
  if (text === null) return null
  try {
    const sent = JSON.parse(text) as SentVoid
    const isOurs = sent.tillId === null || sent.tillId === voider.till?.tillId
    if (isOurs && now - sent.sentAt < RESUMED_MS) return sent
  } catch {
    // Of another version of this app.
  }
  forget(redemptionId)
  return null
}

const forget = (redemptionId: string): void => store(keyOf(redemptionId), null)

/**
 * Voids a payment, once: however often the same wish is sent before its answer is known. One that
 * is still in doubt is answered before another is sent.
 */
export async function sendVoid(
  redemptionId: string,
  { wish, voider }: Readonly<{ wish: VoidWish; voider: Voider }>,
): Promise<Voided> {
  const now = Date.now()
  const before = openVoid(redemptionId, { voider, now })
  if (before !== null) return askAboutVoid(before, voider.till)
  const tillId = voider.isOwner ? null : (voider.till?.tillId ?? null)
  const sent: SentVoid = { ...wish, id: newWishId(), redemptionId, tillId, sentAt: now }
  store(keyOf(redemptionId), JSON.stringify(sent))
  const answer = await send(sent, voider.till)
  return answer.kind !== 'answered' && saysNothing(answer)
    ? { kind: 'in_doubt', sent, failure: answer }
    : settled(sent, answer)
}

/** Asks about a void that was sent before: only an answer to the void itself ends the doubt. */
async function askAboutVoid(
  sent: SentVoid,
  till: Voider['till'],
  signal?: AbortSignal,
): Promise<Voided> {
  const answer = await send(sent, till, signal)
  const isSettled =
    answer.kind === 'answered' || (answer.kind === 'refused' && !isPassing(answer.problem))
  return isSettled ? settled(sent, answer) : { kind: 'in_doubt', sent, failure: answer }
}

const AGAIN_MS = 3_000

/** Asks about a void until it is answered, or until somebody has to sign in. */
export async function untilVoided(
  sent: SentVoid,
  { till, signal }: Readonly<{ till: Voider['till']; signal: AbortSignal }>,
): Promise<Voided> {
  for (;;) {
    const voided = await askAboutVoid(sent, till, signal)
    if (voided.kind !== 'in_doubt' || waitsForPerson(voided.failure)) return voided
    await new Promise((resolve) => {
      setTimeout(resolve, AGAIN_MS)
    })
    signal.throwIfAborted()
  }
}

export const waitsForPerson = (failure: Failure): boolean =>
  failure.kind === 'refused' && failure.problem.code === 'sign_in_needed'

const send = (
  { id, redemptionId, tillId, reason, yen }: SentVoid,
  till: Voider['till'],
  signal?: AbortSignal,
) => {
  const body: Body<typeof voidBody> = { reason, ...(yen === null ? {} : { amountYen: yen }) }
  return call<Reply<typeof voidReply>>({
    method: 'POST',
    path: `/v1/redemptions/${redemptionId}/voids`,
    body,
    idempotencyKey: id,
    ...(tillId === null || till === null ? {} : { token: till.token }),
    ...(signal === undefined ? {} : { signal }),
  })
}

function settled({ redemptionId }: SentVoid, answer: Awaited<ReturnType<typeof send>>): Voided {
  forget(redemptionId)
  return answer.kind === 'answered'
    ? { kind: 'voided', yen: answer.value.amountYen }
    : { kind: 'refused', failure: answer }
}
