import { sleep } from 'k6'
import { SharedArray } from 'k6/data'
import exec from 'k6/execution'
import http from 'k6/http'
import { Counter } from 'k6/metrics'
import type { Options } from 'k6/options'
import { arrivals, begin, numberOf, say } from './begin.ts'
import { summaryTrendStats } from './summary.ts'

export { handleSummary } from './summary.ts'

/** The session of each person who comes, a line each. */
const sessions = new SharedArray('people', () => open(__ENV['PEOPLE_FILE'] ?? '').split('\n'))
const url = __ENV['PURCHASE_URL'] ?? ''
const origin = __ENV['ORIGIN'] ?? ''
const applyTo = __ENV['APPLY_CAMPAIGN'] ?? ''
const buyIn = __ENV['SALE_CAMPAIGN'] ?? ''

const people = numberOf('PEOPLE')
const quiet = numberOf('QUIET_SECONDS')
const storm = numberOf('STORM_SECONDS')
const after = numberOf('AFTER_SECONDS')
const retries = numberOf('RETRIES')
const stayPercent = numberOf('STAY_PERCENT')
const silent = new Counter('refused_without_retry_after')
const pauseSeconds = numberOf('PAUSE_MS') / 1_000

/** After a quiet while everybody arrives, and some come back afterwards. */
export const options: Options = {
  scenarios: {
    storm: arrivals({
      exec: 'arrive',
      rate: people,
      overSeconds: storm,
      seconds: storm,
      startSeconds: quiet,
      users: numberOf('USERS'),
    }),
    ...(after > 0
      ? {
          back: arrivals({
            exec: 'comeBack',
            rate: Math.max(1, Math.floor(people / storm / 4)),
            seconds: after,
            startSeconds: quiet + storm,
            users: numberOf('TILL_USERS'),
          }),
        }
      : {}),
  },
  thresholds: {
    // So that it is reported by itself; how many never got as far as to ask is damage, no failure.
    'dropped_iterations{scenario:storm}': ['count>=0'],
  },
  summaryTrendStats,
  // What nobody looks at costs as much of the machine as what is looked at.
  systemTags: ['scenario', 'status'],
  setupTimeout: '300s',
}

export const setup = begin

/**
 * One person: comes, and when not served tries again and again without waiting to be called. Then
 * most give up; some stay and ask again whenever they were told to.
 */
export function arrive(): void {
  const { iterationInTest: person, startTime } = exec.scenario
  const over = startTime + (storm + after) * 1_000
  const isPatient = person % 100 < stayPercent
  const lines: string[] = []
  let ticket = ''
  for (let tried = 0; ; tried++) {
    const { line, isServed, newTicket, askAgainSeconds } = ask(person, ticket)
    lines.push(line)
    if (isServed || (tried >= retries && !isPatient)) break
    ticket = newTicket
    const waitSeconds = tried < retries ? pauseSeconds : askAgainSeconds
    if (Date.now() + waitSeconds * 1_000 > over) break
    sleep(waitSeconds)
  }
  say(lines.join('\n'))
}

/** The first who came try again when the storm is over; their session finds their place. */
export function comeBack(): void {
  say(ask(exec.scenario.iterationInTest, '').line)
}

/** Every second person applies, the others buy. `S person apply|buy units status code id at ms` */
function ask(person: number, ticket: string) {
  const kind = person % 2 === 0 ? 'apply' : 'buy'
  const path = kind === 'apply' ? `${applyTo}/applications` : `${buyIn}/orders`
  const units = kind === 'apply' ? 1 + (person % 3) : 1
  const response = http.post(
    `${url}/v1/campaigns/${path}`,
    kind === 'apply' ? applicationOf(person, units) : orderOf(units),
    {
      headers: {
        'content-type': 'application/json',
        origin,
        cookie: `__Host-resident=${sessions[person] ?? ''}`,
        ...(kind === 'buy' ? { 'idempotency-key': `person-${person}` } : {}),
        ...(ticket === '' ? {} : { 'admission-ticket': ticket }),
      },
      timeout: '20s',
    },
  )
  const { status, timings, headers } = response
  const answer = parsed(response.body)
  const id = answer['applicationNo'] ?? answer['orderId'] ?? '-'
  const code = status < 400 && status > 0 ? 'accepted' : (answer['code'] ?? 'no_answer')
  const line = `S ${person} ${kind} ${units} ${status} ${code} ${id} ${Date.now()} ${timings.duration.toFixed(2)}`
  const isTicketBad = code.startsWith('ticket_')
  const isServed = code === 'accepted' || (status >= 400 && status < 500 && !isTicketBad)
  const given = headers['Admission-Ticket'] ?? (isTicketBad ? '' : ticket)
  const told = headers['Retry-After'] ?? ''
  if ((status === 503 || status === 429) && told === '') silent.add(1)
  // Whoever was not told when to come again may come at once, and is counted.
  const askAgainSeconds = Math.max(1, Number(told))
  return { line, isServed, newTicket: given, askAgainSeconds }
}

const orderOf = (units: number): string =>
  JSON.stringify({ method: 'card', units, sale: 'second_sale', card: 'tok_ok' })

const applicationOf = (person: number, units: number): string =>
  JSON.stringify({
    units,
    group: 'RESIDENT',
    name: `見本 ${person}`,
    nameKana: 'ミホン',
    birthDate: '1980-04-01',
    address: `みらい区2-${person}`,
  })

function parsed(body: unknown): Record<string, string | undefined> {
  if (typeof body !== 'string' || body === '') return {}
  try {
    return JSON.parse(body) as Record<string, string | undefined>
  } catch {
    return {}
  }
}
