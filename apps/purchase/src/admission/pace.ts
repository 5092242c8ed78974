import type { Instant } from '@minnaken/domain'
import type { Passage } from '@minnaken/http'

export type PaceSettings = Readonly<{
  /** So many at work at once are what the service can take: one more has to wait. */
  inFlightMax: number
  /** Slower than this, on average over a second, is too slow: work waits for connections. */
  slowMs: number
  /** People let in each second out of the line: never fewer, so that it moves, and never more. */
  perSecondMin: number
  perSecondMax: number
}>

const STEP_MS = 1_000
/** Of what was done in a second under pressure, so that what piled up is worked off too. */
const EASE = 0.9
/** Upwards in small steps: whom it lets in, it feels only some seconds later. */
const GROW = 1.05
/** In large ones while hardly anybody is at work. */
const GROW_IDLE = 1.5
/** While nobody takes what is free, people from twice as far behind may, after so long. */
const REACH_DOUBLES_SECONDS = 0.5
/** And from half as far, while more of them ask than can come in. */
const REACH_HALVES_SECONDS = 2.5

type Step = {
  from: Instant
  finished: number
  ms: number
  /** The most that were at work at once. */
  peak: number
  wasOverloaded: boolean
  /** Somebody had to wait for no other reason than the pace. */
  ranShort: boolean
  isRush: boolean
  /** How many had their turn but had not come, at its beginning and now. */
  expectedBefore: number
  expected: number
}

type Asking = Readonly<{
  now: Instant
  /** How many wait. */
  length: number
  /** How many have their turn but have not come yet. */
  expected: number
  /** They ask on the page, and come some seconds after it is their turn. */
  comesLater: boolean
}>

/**
 * How many people can be let in, as measured: nobody has to guess what a machine can take.
 *
 * While less than half of what the service can take is at work or expected, people are let in as fast
 * as they ask; above that by the pace; and when it is full, nobody is. There is pressure when as many
 * are at work as can be, when work is slow, or when it found the service too busy. A second of
 * pressure brings the pace down to what was finished in it, and at most by half; a second in which it
 * was the pace that held people up, and no pressure came, brings it up a little.
 *
 * What is free is kept for those in front for as long as they take it. The reach is how far behind
 * somebody may be: it grows while something stays free, and shrinks while more people within it ask
 * than can come in. So those who left cost nothing, however many they are.
 */
export class Pace {
  readonly #settings: PaceSettings
  #perSecond: number
  #credit = 0
  #creditAt: Instant
  #reach = 1
  /** What came of the last one who asked. */
  #last: 'let_in' | 'out_of_reach' | 'none_free' = 'let_in'
  #inFlight = 0
  #step: Step
  /** Whether there was a rush in the second before this one. */
  #wasRush = false

  constructor(settings: PaceSettings, now: Instant) {
    this.#settings = settings
    this.#perSecond = settings.perSecondMin
    this.#creditAt = now
    this.#step = beginning(now, 0, 0)
  }

  /** People let in each second, now. */
  get perSecond(): number {
    return this.#perSecond
  }

  get inFlight(): number {
    return this.#inFlight
  }

  get isFull(): boolean {
    return this.#inFlight >= this.#settings.inFlightMax
  }

  /** Somebody was let in, or goes on. */
  begin(now: Instant): void {
    this.#advance(now)
    this.#inFlight += 1
    this.#step.peak = Math.max(this.#step.peak, this.#inFlight)
  }

  /** Somebody who was let in is not at work for now: the body is still coming. */
  stepAside(): void {
    this.#inFlight -= 1
  }

  /** And came out again. */
  end({ ms, wasOverloaded }: Pick<Passage, 'ms' | 'wasOverloaded'>, now: Instant): void {
    this.#advance(now)
    this.#inFlight -= 1
    this.#step.finished += 1
    this.#step.ms += ms
    if (wasOverloaded) this.#step.wasOverloaded = true
  }

  /** Whether it is the turn of somebody who is there with this number; if so, it is taken. */
  admits(number: number, asking: Asking): boolean {
    this.#advance(asking.now)
    this.#step.isRush = true
    this.#step.expected = asking.expected
    this.#gain(asking)
    const free = this.#settings.inFlightMax - this.#inFlight - asking.expected
    // There may be room for everyone in front as well.
    if (number > Math.max(this.#reach, Math.min(this.#credit, free))) {
      this.#last = 'out_of_reach'
      return false
    }
    // Who comes later finds others finished.
    const isFull = asking.comesLater
      ? this.#inFlight >= this.#settings.inFlightMax * 2
      : this.isFull
    if (isFull || this.#credit < 1) {
      if (!isFull) this.#step.ranShort = true
      this.#last = 'none_free'
      return false
    }
    this.#last = 'let_in'
    this.#credit -= 1
    return true
  }

  /** A pause saves up no more than a second of turns. */
  #gain({ now, length, expected }: Asking): void {
    const { inFlightMax, perSecondMax } = this.#settings
    const seconds = Math.max(0, now - this.#creditAt) / 1_000
    this.#creditAt = now
    const most = Math.max(1, this.#perSecond)
    const idle = inFlightMax / 2 - this.#inFlight - expected
    const isFree = this.#credit >= 1 && !this.isFull && (idle > 0 || this.#credit >= most / 4)
    if (isFree && this.#last === 'out_of_reach')
      this.#reach *= 2 ** (Math.min(1, seconds) / REACH_DOUBLES_SECONDS)
    else if (this.#last === 'none_free')
      this.#reach /= 2 ** (Math.min(1, seconds) / REACH_HALVES_SECONDS)
    // Those nearest ask each second or two: whoever is that near is near enough.
    this.#reach = Math.max(most, Math.min(length, this.#reach))
    const byPace = this.#credit + seconds * this.#perSecond
    const byIdling = Math.min(idle, this.#credit + seconds * perSecondMax)
    this.#credit = Math.min(most, Math.max(byPace, byIdling))
  }

  #advance(now: Instant): void {
    const passedMs = now - this.#step.from
    // A clock that was set back begins a new second.
    if (passedMs >= 0 && passedMs < STEP_MS) return
    const { perSecondMin, perSecondMax } = this.#settings
    const wanted = passedMs > 0 ? this.#wanted(passedMs) : this.#perSecond
    this.#perSecond = Math.min(perSecondMax, Math.max(perSecondMin, wanted))
    this.#wasRush = this.#step.isRush
    this.#step = beginning(now, this.#inFlight, this.#step.expected)
  }

  #wanted(passedMs: number): number {
    const { finished, ms, peak, wasOverloaded, ranShort, isRush } = this.#step
    const { inFlightMax, slowMs } = this.#settings
    const donePerSecond = (finished * 1_000) / passedMs
    if (!isRush || !this.#wasRush) return Math.max(this.#perSecond, donePerSecond)
    if (this.isFull || wasOverloaded || (finished > 0 && ms / finished > slowMs))
      return Math.min(this.#perSecond, Math.max(this.#perSecond / 2, donePerSecond * EASE))
    // It was full and is not any more: what was finished does not tell what could have been.
    if (peak >= inFlightMax) return this.#perSecond * EASE
    // More who have their turn and do not come yet: nobody knows whether they are too many.
    const isFelt = (this.#step.expected - this.#step.expectedBefore) * 4 <= this.#perSecond
    if (!ranShort || !isFelt) return this.#perSecond
    if (peak * 8 < inFlightMax) return this.#perSecond * GROW_IDLE
    return Math.max(this.#perSecond, Math.min(this.#perSecond, donePerSecond) * GROW)
  }
}

const beginning = (from: Instant, peak: number, expected: number): Step => ({
  from,
  finished: 0,
  ms: 0,
  peak,
  wasOverloaded: false,
  ranShort: false,
  isRush: false,
  expectedBefore: expected,
  expected,
})
