import type { Instant } from '@minnaken/domain'

/** Somebody's place: who was given one first goes first. */
export type Place = Readonly<{
  placeId: string
  givenAt: Instant
  givenNo: number
  holder: string | null
}>

/** Somebody in line. They are there until then: they were told to ask again before. */
type Standing = Place & { presentUntil: Instant; askedAt: Instant }

const isBefore = (a: Place, b: Place): boolean => {
  if (a.givenAt !== b.givenAt) return a.givenAt < b.givenAt
  if (a.givenNo !== b.givenNo) return a.givenNo < b.givenNo
  return a.placeId < b.placeId
}

const LOOK_ROUND_EACH_MS = 250
/** Nobody is told to come back before a second is over; clocks differ a little. */
const TOO_SOON_MS = 900

/**
 * The people who wait, in the order of arrival.
 *
 * Whoever does not ask when told to is passed over, and holds nobody up. Coming back they stand
 * where they stood, which is then the front. So does everyone whom the line does not know because
 * the process began anew, or because another one gave the place.
 */
export class Line {
  readonly #placesMax: number
  #standing: Standing[] = []
  readonly #byId = new Map<string, Standing>()
  /** Also of those who were passed over, while there is room to remember them. */
  readonly #byHolder = new Map<string, Place>()
  #lookAgainAt: Instant = 0

  constructor(placesMax: number) {
    this.#placesMax = placesMax
  }

  get length(): number {
    return this.#standing.length
  }

  /** The place that this session has already. */
  placeOf(holder: string): Place | undefined {
    return this.#byHolder.get(holder)
  }

  get hasRoom(): boolean {
    return this.length < this.#placesMax
  }

  /** Passes over whoever is not there; it looks for them now and then, not for everyone who comes. */
  passOver(now: Instant): void {
    const isSetBack = now + LOOK_ROUND_EACH_MS < this.#lookAgainAt
    if (this.length === 0 || (now < this.#lookAgainAt && !isSetBack)) return
    this.#lookAgainAt = now + LOOK_ROUND_EACH_MS
    this.#standing = this.#standing.filter(({ presentUntil, placeId }) => {
      if (presentUntil >= now) return true
      this.#byId.delete(placeId)
      return false
    })
  }

  /** Whether somebody who stands here asked a moment ago: asking on and on is no reason for a turn. */
  asksTooSoon({ placeId }: Place, now: Instant): boolean {
    const { askedAt } = this.#byId.get(placeId) ?? {}
    return askedAt !== undefined && now >= askedAt && now - askedAt < TOO_SOON_MS
  }

  /** Stands in line, or still does. */
  stand(
    place: Place,
    { now, presentUntil }: Readonly<Record<'now' | 'presentUntil', Instant>>,
  ): void {
    const isTooSoon = this.asksTooSoon(place, now)
    const known = this.#byId.get(place.placeId)
    if (known !== undefined) {
      known.presentUntil = presentUntil
      if (!isTooSoon) known.askedAt = now
      return
    }
    const standing = { ...place, presentUntil, askedAt: now }
    this.#standing.splice(this.#indexOf(place), 0, standing)
    this.#byId.set(place.placeId, standing)
    if (place.holder !== null) this.#remember(place.holder, place)
  }

  /** The number in line, 1 for the next; at most, because some of those in front may have left. */
  numberOf(place: Place): number {
    return this.#indexOf(place) + 1
  }

  /** Their turn has come. */
  leave({ placeId, holder }: Place): void {
    if (holder !== null && this.#byHolder.get(holder)?.placeId === placeId)
      this.#byHolder.delete(holder)
    const known = this.#byId.get(placeId)
    if (known === undefined) return
    this.#byId.delete(placeId)
    this.#standing.splice(this.#indexOf(known), 1)
  }

  #remember(holder: string, place: Place): void {
    this.#byHolder.delete(holder)
    this.#byHolder.set(holder, place)
    if (this.#byHolder.size <= this.#placesMax) return
    for (const oldest of this.#byHolder.keys()) {
      this.#byHolder.delete(oldest)
      break
    }
  }

  #indexOf(place: Place): number {
    let [from, until] = [0, this.#standing.length]
    while (from < until) {
      const middle = (from + until) >>> 1
      const standing = this.#standing[middle]
      if (standing !== undefined && isBefore(standing, place)) from = middle + 1
      else until = middle
    }
    return from
  }
}
