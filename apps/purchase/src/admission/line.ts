import type { Instant } from '@minnaken/domain'

/** Somebody's place: who was given one first goes first. */
export type Place = Readonly<{
  placeId: string
  givenAt: Instant
  givenNo: number
  holder: string | null
}>

/** Somebody in line. They are there until then: they were told to ask again well before. */
export type Standing = Place & { presentUntil: Instant }

const isBefore = (a: Place, b: Place): boolean => {
  if (a.givenAt !== b.givenAt) return a.givenAt < b.givenAt
  if (a.givenNo !== b.givenNo) return a.givenNo < b.givenNo
  return a.placeId < b.placeId
}

/**
 * The people who wait, in the order of arrival.
 *
 * Whoever is not there when the line comes to them is passed over, and holds nobody up. Coming back
 * with the ticket they stand where they stood, which is then the front. So does everyone whom the
 * line does not know because the process began anew, or because another one gave the place.
 */
export class Line {
  readonly #placesMax: number
  /** In order; those before `#front` were called. */
  #standing: Standing[] = []
  #front = 0
  readonly #byId = new Map<string, Standing>()
  readonly #byHolder = new Map<string, Standing>()
  #forgetAgainAt: Instant = 0

  constructor(placesMax: number) {
    this.#placesMax = placesMax
  }

  get length(): number {
    return this.#standing.length - this.#front
  }

  /** The place that this session has already. */
  placeOf(holder: string): Place | undefined {
    return this.#byHolder.get(holder)
  }

  /** Whether there is room for another; those who went away are forgotten first. */
  hasRoom(now: Instant): boolean {
    if (this.length < this.#placesMax) return true
    if (now < this.#forgetAgainAt) return false
    this.#forgetAgainAt = now + FORGET_EACH_MS
    const standing = this.#standing.slice(this.#front)
    for (const each of standing) if (each.presentUntil < now) this.#forget(each)
    this.#standing = standing.filter((each) => each.presentUntil >= now)
    this.#front = 0
    return this.length < this.#placesMax
  }

  /** Stands in line, or still does. */
  stand(place: Place, presentUntil: Instant): void {
    const known = this.#byId.get(place.placeId)
    if (known !== undefined) {
      known.presentUntil = presentUntil
      return
    }
    const standing = { ...place, presentUntil }
    this.#standing.splice(this.#indexOf(place), 0, standing)
    this.#byId.set(place.placeId, standing)
    if (place.holder !== null) this.#byHolder.set(place.holder, standing)
  }

  /** The number in line, 1 for the next; at most, because some of those in front may have left. */
  numberOf(place: Place): number {
    return this.#indexOf(place) - this.#front + 1
  }

  /** The next one who is there, still in line; null when nobody is. */
  next(now: Instant): Standing | null {
    for (;;) {
      const next = this.#standing[this.#front]
      if (next === undefined || next.presentUntil >= now) return next ?? null
      this.#passOver(next)
    }
  }

  /** Takes the next one who is there out of the line. */
  callNext(now: Instant): Standing | null {
    const next = this.next(now)
    if (next !== null) this.#passOver(next)
    return next
  }

  #passOver(next: Standing): void {
    this.#front += 1
    this.#forget(next)
    if (this.#front < 1_024 || this.#front * 2 < this.#standing.length) return
    this.#standing = this.#standing.slice(this.#front)
    this.#front = 0
  }

  #forget({ placeId, holder }: Place): void {
    this.#byId.delete(placeId)
    if (holder !== null && this.#byHolder.get(holder)?.placeId === placeId)
      this.#byHolder.delete(holder)
  }

  #indexOf(place: Place): number {
    let [from, until] = [this.#front, this.#standing.length]
    while (from < until) {
      const middle = (from + until) >>> 1
      const standing = this.#standing[middle]
      if (standing !== undefined && isBefore(standing, place)) from = middle + 1
      else until = middle
    }
    return from
  }
}

const FORGET_EACH_MS = 10_000
