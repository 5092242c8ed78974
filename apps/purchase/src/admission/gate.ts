import type { AdmissionTicket, TicketOffice } from '@minnaken/auth'
import type { Instant } from '@minnaken/domain'
import { type Entry, problem } from '@minnaken/http'
import { sessionTokenOf } from '../sessions/session-token.ts'
import { Line, type Place } from './line.ts'
import { Pace } from './pace.ts'
import type { AdmissionSettings } from './settings.ts'
import { forgetTicket, giveTicket, ticketTextOf } from './ticket-headers.ts'
import { type Turn, type TurnRefusal, Turns } from './turns.ts'

export type TicketRefused = Readonly<{
  kind: 'ticket_refused'
  code: 'ticket_not_ours' | 'ticket_expired' | TurnRefusal
}>

/** Where somebody stands. A ticket is the newest one; it also travels in the reply's headers. */
export type Whereabouts =
  | Readonly<{ kind: 'open' }>
  | Readonly<{
      kind: 'waiting'
      ticket: string
      /** The number in line, 1 for the next. */
      place: number
      estimatedWaitSeconds: number
      askAgainSeconds: number
    }>
  | Readonly<{ kind: 'full'; askAgainSeconds: number }>
  | Readonly<{ kind: 'admitted'; ticket: string; turn: Turn }>

/** Who is asking, as far as a ticket or a cookie tells without looking anybody up. */
type Caller = Readonly<{
  kind: 'caller'
  /** Of the session that the request carries. */
  holder: string | null
  place: Place | null
  shown: Readonly<{ ticket: AdmissionTicket; text: string }> | null
}>

type GateDeps = Readonly<{
  office: TicketOffice
  now: () => Instant
  randomBytes: (count: number) => Uint8Array
}>

/** Nobody is told to ask more often, or more seldom. */
const ASK_SECONDS_MIN = 1
const ASK_SECONDS_MAX = 120
/** Most who leave do so soon: nobody is told much later than this who has not waited as long. */
const ASK_SECONDS_AT_FIRST = 6
/** Multiples of it fill the space from 0 to 1 evenly, at every length of the row. */
const GOLDEN = (Math.sqrt(5) - 1) / 2
/** So much later than told still counts as there. */
const GRACE_MS = 2_000

/**
 * Stands in front of applying and buying, and asks no database.
 *
 * While the service can take everyone who comes, nobody sees it. When it cannot, everyone who comes
 * has a place. Whoever asks, and is near enough to the front, has their turn: nobody is called who is
 * not there, and so nothing is kept free for people who have left. A turn is for going in and out for
 * some minutes.
 *
 * Each process has a line of its own and measures its own work, with no store between them: on one
 * database they feel each other, and `perSecondMax` bounds what each lets in. A ticket counts at
 * every process and after a restart: it is entered by its time of arrival.
 */
export class SaleGate {
  readonly #deps: GateDeps
  readonly #settings: AdmissionSettings
  readonly #line: Line
  readonly #pace: Pace
  readonly #turns: Turns
  #givenNo = 0
  #asked = 0

  constructor(settings: AdmissionSettings, deps: GateDeps) {
    this.#deps = deps
    this.#settings = settings
    this.#line = new Line(settings.placesMax)
    this.#pace = new Pace(settings, deps.now())
    this.#turns = new Turns(settings)
  }

  /** What operators want to see. */
  get figures(): Readonly<{ waiting: number; perSecond: number; inFlight: number }> {
    const { perSecond, inFlight } = this.#pace
    return { waiting: this.#line.length, perSecond, inFlight }
  }

  get admittedMs(): number {
    return this.#settings.admittedMs
  }

  /** Lets a request in, or says when to come back. */
  async enter(headers: Headers): Promise<Entry> {
    if (!this.#isRush()) return this.#letIn({})
    const caller = await this.#callerOf(headers)
    if (caller.kind === 'ticket_refused') return ticketProblem(caller)
    const stands = await this.#stand(caller, { comesLater: false })
    if (stands.kind === 'open') return this.#letIn({})
    if (stands.kind !== 'admitted')
      return problem('waiting_room', waitingData(stands), this.headersOf(stands))
    const { holder, shown } = caller
    const code = this.#turns.use(stands.turn, holder)
    if (code !== null) return ticketProblem({ kind: 'ticket_refused', code })
    const isNew = shown?.text !== stands.ticket
    return this.#letIn(isNew ? this.headersOf(stands) : {}, () =>
      this.#turns.recognise(stands.turn, holder),
    )
  }

  /** Where the bearer of this request stands; takes no place for anyone who has none. */
  async ask(
    headers: Headers,
  ): Promise<Whereabouts | TicketRefused | Readonly<{ kind: 'no_place' }>> {
    if (!this.#isRush()) return { kind: 'open' }
    const caller = await this.#callerOf(headers)
    if (caller.kind === 'ticket_refused') return caller
    return caller.place === null ? { kind: 'no_place' } : this.#stand(caller, { comesLater: true })
  }

  /** The place that the bearer has, else a new one: a ticket that does not count is no hindrance. */
  async takePlace(headers: Headers): Promise<Whereabouts> {
    if (!this.#isRush()) return { kind: 'open' }
    const caller = await this.#callerOf(headers)
    const own = caller.kind === 'ticket_refused' ? this.#withoutTicket(headers) : caller
    return this.#stand(own, { comesLater: true })
  }

  /** A turn goes with its person through a sign-up or sign-in, and with nobody else. */
  async follow(headers: Headers, newSessionToken: string): Promise<void> {
    const caller = await this.#callerOf(headers)
    if (caller.kind === 'ticket_refused' || caller.place === null) return
    const turn = this.#turns.of(caller.place.placeId)
    if (turn === null || (turn.holder !== null && turn.holder !== caller.holder)) return
    this.#turns.follow(turn, this.#deps.office.holderOf(newSessionToken))
  }

  headersOf(stands: Whereabouts): Readonly<Record<string, string>> {
    if (stands.kind === 'waiting') return giveTicket(stands.ticket, this.#settings.waitingMs)
    if (stands.kind !== 'admitted') return {}
    return giveTicket(stands.ticket, stands.turn.validUntil - this.#deps.now())
  }

  #isRush(): boolean {
    this.#line.passOver(this.#deps.now())
    return this.#pace.isFull || this.#line.length > 0
  }

  #letIn(headers: Readonly<Record<string, string>>, recognise = () => {}): Entry {
    this.#pace.begin(this.#deps.now())
    return {
      kind: 'entered',
      headers,
      stepAside: () => {
        this.#pace.stepAside()
        return () => this.#pace.begin(this.#deps.now())
      },
      leave: (done) => {
        this.#pace.end(done, this.#deps.now())
        if (done.wasKnown) recognise()
      },
    }
  }

  async #callerOf(headers: Headers): Promise<Caller | TicketRefused> {
    const text = ticketTextOf(headers)
    if (text === null) return this.#withoutTicket(headers)
    const now = this.#deps.now()
    const read = await this.#deps.office.read(text, now)
    if (read.kind !== 'read') return { kind: 'ticket_refused', code: read.kind }
    const { ticket } = read
    const turn = this.#turns.of(ticket.placeId)
    if (turn !== null && turn.validUntil <= now)
      return { kind: 'ticket_refused', code: 'ticket_expired' }
    const holder = this.#holderOf(headers)
    const owner = turn === null ? ticket.holder : turn.holder
    return owner !== null && owner !== holder
      ? { kind: 'ticket_refused', code: 'ticket_of_another' }
      : { kind: 'caller', holder, place: ticket, shown: { ticket, text } }
  }

  /** A session finds its own place also without its ticket, and so never takes a second one. */
  #withoutTicket(headers: Headers): Caller {
    const holder = this.#holderOf(headers)
    const place =
      holder === null
        ? undefined
        : (this.#turns.placeOf(holder, this.#deps.now()) ?? this.#line.placeOf(holder))
    return { kind: 'caller', holder, place: place ?? null, shown: null }
  }

  #holderOf(headers: Headers): string | null {
    const token = sessionTokenOf(headers)
    return token === undefined ? null : this.#deps.office.holderOf(token)
  }

  /** Has a turn, or takes it, or stands in line for it. */
  async #stand(
    { holder, place: own, shown }: Caller,
    { comesLater }: Readonly<{ comesLater: boolean }>,
  ): Promise<Whereabouts> {
    const now = this.#deps.now()
    const place = own ?? this.#newPlace(holder, now)
    if (place === null) return { kind: 'full', askAgainSeconds: this.#jittered(ASK_SECONDS_MAX) }
    const isAdmitted = shown?.ticket.kind === 'admitted'
    if (isAdmitted && this.#turns.of(place.placeId) === null)
      this.#turns.begin(place, { now, validUntil: shown.ticket.expiresAt })
    const number = this.#line.numberOf(place)
    const turn = this.#turns.of(place.placeId) ?? this.#turnAt(number, { place, now, comesLater })
    if (turn !== null) {
      const ticket = isAdmitted ? shown.text : this.#turnTicket(turn)
      return { kind: 'admitted', ticket, turn }
    }
    const estimatedWaitSeconds = Math.ceil(number / this.#pace.perSecond)
    const waitedSeconds = (now - place.givenAt) / 1_000
    const askAgainSeconds = this.#jittered(
      Math.min(estimatedWaitSeconds / 2, Math.max(ASK_SECONDS_AT_FIRST, waitedSeconds)),
    )
    this.#line.stand(place, { now, presentUntil: now + askAgainSeconds * 1_000 + GRACE_MS })
    const ticket = this.#placeTicket(place, { now, shown })
    return { kind: 'waiting', ticket, place: number, estimatedWaitSeconds, askAgainSeconds }
  }

  /** The turn of somebody who is there, if they are near enough to the front. */
  #turnAt(
    number: number,
    { place, now, comesLater }: Readonly<{ place: Place; now: Instant; comesLater: boolean }>,
  ): Turn | null {
    const { length } = this.#line
    if (
      this.#line.asksTooSoon(place, now) ||
      !this.#pace.admits(number, { comesLater, length, expected: this.#turns.expected(now), now })
    )
      return null
    this.#line.leave(place)
    return this.#turns.call(place, now)
  }

  #newPlace(holder: string | null, now: Instant): Place | null {
    if (!this.#line.hasRoom) return null
    this.#givenNo += 1
    const placeId = Buffer.from(this.#deps.randomBytes(12)).toString('base64url')
    return { placeId, givenAt: now, givenNo: this.#givenNo, holder }
  }

  /** A ticket that still lasts for long stays as it is. */
  #placeTicket(
    { placeId, givenAt, givenNo, holder }: Place,
    { now, shown }: Readonly<{ now: Instant } & Pick<Caller, 'shown'>>,
  ): string {
    const { waitingMs } = this.#settings
    if (shown !== null && shown.ticket.expiresAt - now > waitingMs / 2) return shown.text
    const expiresAt = now + waitingMs
    const facts = { placeId, givenAt, givenNo, holder, expiresAt }
    return this.#deps.office.sign({ kind: 'waiting', ...facts })
  }

  #turnTicket({ place, holder, validUntil: expiresAt }: Turn): string {
    const { placeId, givenAt, givenNo } = place
    const facts = { placeId, givenAt, givenNo, holder, expiresAt }
    return this.#deps.office.sign({ kind: 'admitted', ...facts })
  }

  /** In whole seconds, up to half more or less: those who came together do not come back so. */
  #jittered(seconds: number): number {
    this.#asked += 1
    const wanted = Math.min(ASK_SECONDS_MAX, seconds) * (0.5 + ((this.#asked * GOLDEN) % 1))
    return Math.max(ASK_SECONDS_MIN, Math.round(wanted))
  }
}

const ticketProblem = ({ code }: TicketRefused) => problem(code, {}, forgetTicket)

/** What somebody who has to wait is told. */
function waitingData(stands: Exclude<Whereabouts, { kind: 'open' | 'admitted' }>) {
  const waitingRoom = '/v1/waiting-room'
  if (stands.kind === 'full')
    return { waitingRoom, place: null, retryAfterSeconds: stands.askAgainSeconds }
  const { ticket, place, estimatedWaitSeconds, askAgainSeconds: retryAfterSeconds } = stands
  return { waitingRoom, ticket, place, estimatedWaitSeconds, retryAfterSeconds }
}
