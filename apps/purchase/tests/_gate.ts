import { randomBytes } from 'node:crypto'
import { openTicketOffice } from '@minnaken/auth'
import type { Entry } from '@minnaken/http'
import { SaleGate } from '../src/admission/gate.ts'
import { type AdmissionSettings, admissionSettings } from '../src/admission/settings.ts'

const opening = Date.parse('2027-02-23T12:00:00+09:00')
const secret = 'an invented secret'

/** A gate that takes two at once and calls one in a second, with a clock to move. */
export function gateAt(change: Partial<AdmissionSettings> = {}) {
  const clock = { at: opening }
  const settings = {
    ...admissionSettings(1),
    inFlightMax: 2,
    perSecondMin: 1,
    perSecondMax: 1,
    ...change,
  }
  const deps = { now: () => clock.at, randomBytes, office: openTicketOffice(secret) }
  const gate = new SaleGate(settings, deps)
  const leaves: (() => void)[] = []
  const enter = async (from: { session?: string; ticket?: string; isInvented?: boolean } = {}) => {
    const entry = await gate.enter(headersOf(from))
    const wasKnown = from.session !== undefined && from.isInvented !== true
    if (entry.kind === 'entered')
      leaves.push(() => entry.leave({ ms: 5, wasOverloaded: false, wasKnown }))
    return seen(entry)
  }
  return {
    gate,
    clock,
    settings,
    enter,
    /** Two are at work and stay there. */
    fill: async () => {
      await enter({ session: 'at work 1' })
      await enter({ session: 'at work 2' })
    },
    /** Everyone at work is done. */
    clear: () => leaves.splice(0).forEach((leave) => leave()),
    /** The same service after a restart, or another process of it. */
    another: () => gateAt(change),
  }
}

/** The request of a browser with this session, or of a client with this ticket. */
export const headersOf = ({ session, ticket }: { session?: string; ticket?: string }) =>
  new Headers({
    ...(session === undefined ? {} : { cookie: `__Host-resident=${session}` }),
    ...(ticket === undefined ? {} : { 'admission-ticket': ticket }),
  })

const seen = (entry: Entry) =>
  entry.kind === 'entered'
    ? { is: 'in', ticket: entry.headers['admission-ticket'] }
    : {
        is: entry.code,
        place: entry.data['place'],
        ticket: entry.headers['admission-ticket'],
        retryAfterSeconds: Number(entry.data['retryAfterSeconds']),
        cookie: entry.headers['set-cookie'],
      }

/** One person who waited and has come in; others wait behind. */
export async function withTurn(session?: string) {
  const stage = gateAt()
  const { enter, fill, clear, clock } = stage
  await fill()
  const from = session === undefined ? {} : { session }
  const { ticket: waiting = '' } = await enter(from)
  for (let n = 0; n < 50; n++) await enter({ session: `other ${n}` })
  clear()
  clock.at += 2_000
  const { is, ticket: turn = '' } = await enter({ ...from, ticket: waiting })
  if (is !== 'in' || turn === '') throw new Error('it was not their turn')
  return { ...stage, waiting, turn }
}
