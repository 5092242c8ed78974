import type { Instant } from '@minnaken/domain'
import type { Passage } from '@minnaken/http'

export type PaceSettings = Readonly<{
  /** So many at work at once are what the service can take: one more has to wait. */
  inFlightMax: number
  /** Slower than this, on average over a second, is too slow: work waits for connections. */
  slowMs: number
  /** People called in a second: never fewer, so that the line moves, and never more. */
  perSecondMin: number
  perSecondMax: number
}>

const STEP_MS = 1_000
/** Of what was finished in a second under pressure, so that what piled up is worked off too. */
const EASE = 0.8
/** Upwards in small steps: whom it calls, it feels only some seconds later. */
const GROW = 1.15
/** In larger ones while hardly anybody is at work. */
const GROW_IDLE = 1.5

type Step = {
  from: Instant
  finished: number
  ms: number
  /** The most that were at work at once. */
  peak: number
  wasPressed: boolean
  hasCalled: boolean
}

/**
 * How fast people can be let in, as measured: nobody has to guess what a machine can take.
 *
 * There is pressure when as many are at work as can be, when work is slow, or when it found the
 * service too busy. A second of pressure brings the pace down to what was finished in it, and at
 * most by half; a second in which people were called, and no pressure came, brings it up a little.
 * While nobody waits the pace is what is being finished, ready for the moment in which a rush begins.
 */
export class Pace {
  readonly #settings: PaceSettings
  #perSecond: number
  #credit = 0
  #creditAt: Instant
  #inFlight = 0
  #step: Step
  /** Whether people were called in the second before this one. */
  #hadCalled = false

  constructor(settings: PaceSettings, now: Instant) {
    this.#settings = settings
    this.#perSecond = settings.perSecondMin
    this.#creditAt = now
    this.#step = beginning(now, 0)
  }

  /** People called in a second, now. */
  get perSecond(): number {
    return this.#perSecond
  }

  get inFlight(): number {
    return this.#inFlight
  }

  get isFull(): boolean {
    return this.#inFlight >= this.#settings.inFlightMax
  }

  /** Somebody was let in. */
  begin(now: Instant): void {
    this.#advance(now)
    this.#inFlight += 1
    this.#step.peak = Math.max(this.#step.peak, this.#inFlight)
    if (this.isFull) this.#step.wasPressed = true
  }

  /** And came out again. */
  end({ ms, wasOverloaded }: Passage, now: Instant): void {
    this.#advance(now)
    this.#inFlight -= 1
    this.#step.finished += 1
    this.#step.ms += ms
    if (wasOverloaded) this.#step.wasPressed = true
  }

  /** How many may be called now, for people who wait. A pause saves up no more than a second of calls. */
  takeCredit(now: Instant): number {
    this.#advance(now)
    const gained = (Math.max(0, now - this.#creditAt) / 1_000) * this.#perSecond
    const credit = Math.min(this.#credit + gained, Math.max(1, this.#perSecond))
    this.#creditAt = now
    this.#step.hasCalled = true
    const whole = this.isFull ? 0 : Math.floor(credit)
    this.#credit = credit - whole
    return whole
  }

  /** What was taken and not needed. */
  giveBack(credit: number): void {
    this.#credit += credit
  }

  #advance(now: Instant): void {
    const passedMs = now - this.#step.from
    // A clock that was set back begins a new second.
    if (passedMs >= 0 && passedMs < STEP_MS) return
    const { perSecondMin, perSecondMax } = this.#settings
    const wanted = passedMs > 0 ? this.#wanted(passedMs) : this.#perSecond
    this.#perSecond = Math.min(perSecondMax, Math.max(perSecondMin, wanted))
    this.#hadCalled = this.#step.hasCalled
    this.#step = beginning(now, this.#inFlight)
    if (this.isFull) this.#step.wasPressed = true
  }

  #wanted(passedMs: number): number {
    const { finished, ms, peak, wasPressed, hasCalled } = this.#step
    const { inFlightMax, slowMs } = this.#settings
    const donePerSecond = (finished * 1_000) / passedMs
    if (!hasCalled || !this.#hadCalled) return donePerSecond * EASE
    if (wasPressed || (finished > 0 && ms / finished > slowMs))
      return Math.min(this.#perSecond, Math.max(this.#perSecond / 2, donePerSecond * EASE))
    return this.#perSecond * (peak * 4 < inFlightMax ? GROW_IDLE : GROW)
  }
}

const beginning = (from: Instant, peak: number): Step => ({
  from,
  finished: 0,
  ms: 0,
  peak,
  wasPressed: false,
  hasCalled: false,
})
