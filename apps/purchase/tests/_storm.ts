import type { TicketOffice } from '@minnaken/auth'
import type { Passage } from '@minnaken/http'
import { SaleGate, type Whereabouts } from '../src/admission/gate.ts'
import { admissionSettings } from '../src/admission/settings.ts'
import { headersOf } from './_gate.ts'

/** Tickets that nobody has to sign, for people who do not cheat. */
const office: TicketOffice = {
  sign: (ticket) => JSON.stringify(ticket),
  read: async (text) => ({ kind: 'read', ticket: JSON.parse(text) }),
  holderOf: (token) => token,
}

export type Plan = Readonly<{
  /** The service does so many at once, each for so long. */
  hands: number
  workMs: number
  arrivals: readonly Readonly<{ perSecond: number; seconds: number }>[]
  /** Of a hundred, so many stay until they are let in; the rest leave after three more tries. */
  stay: number
  /** They wait on the page, and come three seconds after it is their turn. */
  onPage?: boolean
  /** So slow is the work at some time. */
  slow?: Readonly<{ from: number; until: number; workMs: number }>
}>

type Second = {
  finished: number
  refused: number
  /** Of them, those who had come well before most of the last twenty who were let in. */
  overtaken: number
  /** The fewest who waited or tried again at any time in it, and had not left. */
  present: number
  mostAtWork: number
}

type Person = Readonly<{ id: number; arrivedAt: number; isPatient: boolean }> & {
  tries: number
  ticket: string
  isIn: boolean
}

const BEGIN = 1_000_000

/** People at a gate and a service behind it, by a clock of their own. */
class Storm {
  readonly settings = admissionSettings(2)
  readonly #plan: Plan
  readonly #gate: SaleGate
  readonly #hands: number[]
  readonly #events: { at: number; act: () => void | Promise<void> }[] = []
  readonly seconds: Second[] = []
  /** When those who came in had arrived, in the order in which they came in. */
  readonly order: number[] = []
  #now = BEGIN
  #dice = 1
  #present = 0
  #atWork = 0

  constructor(plan: Plan) {
    this.#plan = plan
    this.#hands = Array.from({ length: plan.hands }, () => BEGIN)
    this.#gate = new SaleGate(this.settings, {
      office,
      now: () => this.#now,
      randomBytes: (count) => Uint8Array.from({ length: count }, () => this.#roll() & 255),
    })
    let [at, id] = [BEGIN, 0]
    for (const { perSecond, seconds } of plan.arrivals) {
      for (let n = 0; n < perSecond * seconds; n++, id++)
        this.#arriveAt(at + (n * 1_000) / perSecond, id)
      at += seconds * 1_000
    }
  }

  async run(forSeconds: number): Promise<this> {
    for (let next = this.#events.pop(); next !== undefined; next = this.#events.pop()) {
      if (next.at >= BEGIN + forSeconds * 1_000) break
      this.#now = next.at
      this.#note(() => {})
      await next.act()
      this.#note(() => {})
    }
    return this
  }

  /** In how many seconds more people than it could serve were there, and how busy it was in them. */
  busy(fromSecond: number): { seconds: number; share: number; worst: number } {
    const capacity = (this.#plan.hands * 1_000) / this.#plan.workMs
    const pressed = this.seconds.slice(fromSecond).filter(({ present }) => present > capacity)
    const shares = pressed.map(({ finished }) => finished / capacity)
    const share = shares.reduce((sum, each) => sum + each, 0) / shares.length
    return { seconds: shares.length, share, worst: Math.min(...shares) }
  }

  total(what: keyof Second): number {
    return this.seconds.reduce((sum, each) => sum + each[what], 0)
  }

  get mostAtWork(): number {
    return Math.max(...this.seconds.map(({ mostAtWork }) => mostAtWork))
  }

  #roll(): number {
    this.#dice = (this.#dice * 48_271) % 2_147_483_647
    return this.#dice
  }

  /** The next event is the last of the list. */
  #at(at: number, act: () => void | Promise<void>): void {
    let [low, high] = [0, this.#events.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#events[middle]?.at ?? 0) > at) low = middle + 1
      else high = middle
    }
    this.#events.splice(low, 0, { at, act })
  }

  #note(what: (second: Second) => void): void {
    const no = Math.floor((this.#now - BEGIN) / 1_000)
    const [present, mostAtWork] = [this.#present, this.#atWork]
    while (this.seconds.length <= no)
      this.seconds.push({ finished: 0, refused: 0, overtaken: 0, present, mostAtWork })
    const second = this.seconds[no]
    if (second === undefined) return
    second.present = Math.min(second.present, present)
    second.mostAtWork = Math.max(second.mostAtWork, mostAtWork)
    what(second)
  }

  #arriveAt(at: number, id: number): void {
    const isPatient = (id * 37) % 100 < this.#plan.stay
    const person = { id, arrivedAt: at, isPatient, tries: 0, ticket: '', isIn: false }
    this.#at(at, () => {
      this.#present += 1
      return this.#come(person)
    })
  }

  async #come(person: Person): Promise<void> {
    if (this.#plan.onPage !== true) return this.#enter(person)
    const { id, ticket } = person
    const stands = await this.#gate.takePlace(headersOf({ session: `${id}`, ticket }))
    return this.#read(person, stands)
  }

  #read(person: Person, stands: Whereabouts): void | Promise<void> {
    if (stands.kind === 'open') return this.#enter(person)
    if (stands.kind === 'full') return this.#comeAgain(person, stands.askAgainSeconds)
    person.ticket = stands.ticket
    if (stands.kind === 'waiting') return this.#comeAgain(person, stands.askAgainSeconds)
    this.#letIn(person)
    return this.#at(this.#now + 3_000 + (this.#roll() % 1_000), () => this.#enter(person))
  }

  async #enter(person: Person): Promise<void> {
    const { id, ticket } = person
    const entry = await this.#gate.enter(headersOf({ session: `${id}`, ticket }))
    if (entry.kind === 'entered') {
      this.#letIn(person)
      return this.#work(entry.leave)
    }
    person.ticket = entry.headers['admission-ticket'] ?? ticket
    return this.#comeAgain(person, Number(entry.data['retryAfterSeconds']))
  }

  #letIn(person: Person): void {
    if (person.isIn) return
    person.isIn = true
    this.#present -= 1
    this.order.push(person.arrivedAt)
  }

  #comeAgain(person: Person, askAgainSeconds: number): void {
    const [, , , , , sixth = 0] = this.order.slice(-20).toSorted((a, b) => a - b)
    this.#note((second) => {
      second.refused += 1
      if (sixth > person.arrivedAt + 2_000) second.overtaken += 1
    })
    person.tries += 1
    if (!person.isPatient && person.tries > 3) {
      this.#present -= 1
      return
    }
    const isHasty = person.tries <= 3 && this.#plan.onPage !== true
    const ms = (isHasty ? 1 : askAgainSeconds) * 1_000 + (this.#roll() % 40)
    this.#at(this.#now + ms, () => this.#come(person))
  }

  #work(leave: (passage: Passage) => void): void {
    const { workMs, slow } = this.#plan
    const second = (this.#now - BEGIN) / 1_000
    const isSlow = slow !== undefined && second >= slow.from && second < slow.until
    const begins = Math.max(this.#now, Math.min(...this.#hands))
    const done = begins + (isSlow ? slow.workMs : workMs)
    this.#hands[this.#hands.indexOf(Math.min(...this.#hands))] = done
    this.#atWork += 1
    const ms = done - this.#now
    this.#at(done, () => {
      this.#atWork -= 1
      this.#note((now) => (now.finished += 1))
      leave({ ms, wasOverloaded: false, wasKnown: true })
    })
  }
}

export const storm = (plan: Plan, forSeconds: number): Promise<Storm> =>
  new Storm(plan).run(forSeconds)
