import type { Instant } from '@minnaken/domain'
import type { Place, Standing } from './line.ts'

/** The turn of somebody who came when called. */
export type Turn = {
  readonly place: Place
  readonly validUntil: Instant
  /** The session whose turn it is; the first one to use it, when the place was given to nobody. */
  holder: string | null
  uses: number
}

export type TurnRefusal = 'ticket_of_another' | 'ticket_used_up'

type TurnSettings = Readonly<{
  admittedMs: number
  waitingMs: number
  usesMax: number
  usesOfStrangerMax: number
}>

/**
 * Those whom the line has called, and those who came and may go in and out for some minutes.
 *
 * One turn lets one person in: it belongs to one session, and is for so many requests. Else a ticket
 * that somebody shows around would let in a crowd.
 */
export class Turns {
  readonly #settings: TurnSettings
  readonly #called = new Map<string, Standing>()
  /** Kept for as long as somebody can come with the place's first ticket, so that none begins twice. */
  readonly #begun = new Map<string, Turn>()
  readonly #byHolder = new Map<string, string>()

  constructor(settings: TurnSettings) {
    this.#settings = settings
  }

  /** How many were called and are still expected. Whoever comes later is at the front of the line. */
  expected(now: Instant): number {
    for (const [placeId, called] of this.#called) {
      if (called.presentUntil >= now) break
      this.#called.delete(placeId)
      this.#forgetHolder(called.holder, placeId)
    }
    return this.#called.size
  }

  call(next: Standing): void {
    this.#called.set(next.placeId, next)
    if (next.holder !== null) this.#byHolder.set(next.holder, next.placeId)
  }

  /** The place for which this session was called, or has its turn now. */
  placeOf(holder: string, now: Instant): Place | undefined {
    const placeId = this.#byHolder.get(holder) ?? ''
    const turn = this.#begun.get(placeId)
    return turn === undefined || turn.validUntil <= now ? this.#called.get(placeId) : turn.place
  }

  /** The turn of a place that was called, also when it is over; it begins when first asked for. */
  of(placeId: string, now: Instant): Turn | null {
    const called = this.#called.get(placeId)
    if (called === undefined) return this.#begun.get(placeId) ?? null
    this.#called.delete(placeId)
    return this.begin(called, { now, validUntil: now + this.#settings.admittedMs })
  }

  /** Begins a turn: of somebody called here, or with a ticket that another process gave. */
  begin(place: Place, { now, validUntil }: Readonly<{ now: Instant; validUntil: Instant }>): Turn {
    for (const [placeId, { holder, validUntil: over }] of this.#begun) {
      if (over + this.#settings.waitingMs > now) break
      this.#begun.delete(placeId)
      this.#forgetHolder(holder, placeId)
    }
    const turn: Turn = { place, validUntil, holder: place.holder, uses: 0 }
    this.#begun.set(place.placeId, turn)
    if (turn.holder !== null) this.#byHolder.set(turn.holder, place.placeId)
    return turn
  }

  /** Counts one request; null when it may come in. */
  use(turn: Turn, holder: string | null): TurnRefusal | null {
    if (turn.holder === null && holder !== null) this.bind(turn, holder)
    // Two may have come at once with a ticket that was nobody's yet.
    if (turn.holder !== holder) return 'ticket_of_another'
    const { usesMax, usesOfStrangerMax } = this.#settings
    if (turn.uses >= (holder === null ? usesOfStrangerMax : usesMax)) return 'ticket_used_up'
    turn.uses += 1
    return null
  }

  /** From now on the turn is this session's. */
  bind(turn: Turn, holder: string): void {
    this.#forgetHolder(turn.holder, turn.place.placeId)
    turn.holder = holder
    this.#byHolder.set(holder, turn.place.placeId)
  }

  #forgetHolder(holder: string | null, placeId: string): void {
    if (holder !== null && this.#byHolder.get(holder) === placeId) this.#byHolder.delete(holder)
  }
}
