import type { Instant } from '@minnaken/domain'
import type { Place } from './line.ts'

/** The turn of somebody who waited for it. */
export type Turn = {
  readonly place: Place
  readonly validUntil: Instant
  /** The session whose turn it is; the first one to use it, when the place was given to nobody. */
  holder: string | null
  /** The service has found that session; a cookie can be invented. */
  isKnown: boolean
  uses: number
}

export type TurnRefusal = 'ticket_of_another' | 'ticket_used_up'

type TurnSettings = Readonly<{
  admittedMs: number
  waitingMs: number
  usesMax: number
  usesOfStrangerMax: number
}>

/** Nobody is waited for longer who has a turn and does not come in. */
const EXPECTED_MS = 10_000

/**
 * Those whose turn it is, and who may go in and out for some minutes.
 *
 * One turn lets one person in: it belongs to one session, and is for so many requests. Else a ticket
 * that somebody shows around would let in a crowd.
 *
 * Each process knows and counts the turns that it has seen, and no others: a ticket is good for its
 * requests at each process, one that was given to nobody lets one person in at each, and both begin
 * anew after a restart. So a crowd is bounded by the number of processes and not by this alone.
 */
export class Turns {
  readonly #settings: TurnSettings
  /** Kept for as long as somebody can come with the place's first ticket, so that none begins twice. */
  readonly #begun = new Map<string, Turn>()
  readonly #byHolder = new Map<string, string>()
  readonly #expectedUntil = new Map<string, Instant>()

  constructor(settings: TurnSettings) {
    this.#settings = settings
  }

  /** How many were told on the page that it is their turn, and are about to come in. */
  expected(now: Instant): number {
    for (const [placeId, until] of this.#expectedUntil) {
      if (until > now) break
      this.#expectedUntil.delete(placeId)
    }
    return this.#expectedUntil.size
  }

  /** The place for which this session has its turn now. */
  placeOf(holder: string, now: Instant): Place | undefined {
    const turn = this.#begun.get(this.#byHolder.get(holder) ?? '')
    return turn === undefined || turn.validUntil <= now ? undefined : turn.place
  }

  /** The turn that a place has come to, also when it is over. */
  of(placeId: string): Turn | null {
    return this.#begun.get(placeId) ?? null
  }

  /** Somebody's turn has come: they are expected to come in. */
  call(place: Place, now: Instant): Turn {
    this.#expectedUntil.set(place.placeId, now + EXPECTED_MS)
    return this.begin(place, { now, validUntil: now + this.#settings.admittedMs })
  }

  /** Begins a turn: of somebody called here, or of somebody with a ticket that another process gave. */
  begin(place: Place, { now, validUntil }: Readonly<{ now: Instant; validUntil: Instant }>): Turn {
    for (const [placeId, { holder, validUntil: over }] of this.#begun) {
      if (over + this.#settings.waitingMs > now) break
      this.#begun.delete(placeId)
      this.#forgetHolder(holder, placeId)
    }
    const turn: Turn = { place, validUntil, holder: place.holder, isKnown: false, uses: 0 }
    this.#begun.set(place.placeId, turn)
    if (turn.holder !== null) this.#byHolder.set(turn.holder, place.placeId)
    return turn
  }

  /** Counts one request; null when it may come in. */
  use(turn: Turn, holder: string | null): TurnRefusal | null {
    if (turn.holder === null && holder !== null) this.#bind(turn, { holder, isKnown: false })
    // Two may have come at once with a ticket that was nobody's yet.
    if (turn.holder !== holder) return 'ticket_of_another'
    const { usesMax, usesOfStrangerMax } = this.#settings
    if (turn.uses >= (turn.isKnown ? usesMax : usesOfStrangerMax)) return 'ticket_used_up'
    turn.uses += 1
    this.#expectedUntil.delete(turn.place.placeId)
    return null
  }

  /** The service knows the session that came in with this turn. */
  recognise(turn: Turn, holder: string | null): void {
    if (holder !== null && turn.holder === holder) turn.isKnown = true
  }

  /** From now on the turn is of this session, which the service has just begun. */
  follow(turn: Turn, holder: string): void {
    this.#bind(turn, { holder, isKnown: true })
  }

  #bind(turn: Turn, { holder, isKnown }: Readonly<{ holder: string; isKnown: boolean }>): void {
    this.#forgetHolder(turn.holder, turn.place.placeId)
    turn.holder = holder
    turn.isKnown = isKnown
    this.#byHolder.set(holder, turn.place.placeId)
  }

  #forgetHolder(holder: string | null, placeId: string): void {
    if (holder !== null && this.#byHolder.get(holder) === placeId) this.#byHolder.delete(holder)
  }
}
