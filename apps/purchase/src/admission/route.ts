import { unreachable } from '@minnaken/domain'
import { bytes, isoOf, page, problem, reply, route } from '@minnaken/http'
import { admissionReply, waitingRoomQuery } from '../contract.ts'
import type { Deps } from '../deps.ts'
import type { Whereabouts } from './gate.ts'
import { waitingPage, waitingScript, waitingStyle } from './waiting-page.ts'

/** How a ticket can fail to count, in a rush; in none it is not looked at. */
const ticketProblems = [
  'ticket_not_ours',
  'ticket_expired',
  'ticket_of_another',
  'ticket_used_up',
] as const

/** What a route behind the gate can answer in a rush. */
export const admissionProblems = ['waiting_room', ...ticketProblems] as const

function shown(stands: Whereabouts) {
  switch (stands.kind) {
    case 'open':
      return { state: 'open' } as const
    case 'waiting': {
      const { kind: state, ...facts } = stands
      return { state, ...facts }
    }
    case 'full':
      return { state: 'full', askAgainSeconds: stands.askAgainSeconds } as const
    case 'admitted': {
      const { kind: state, ticket, turn } = stands
      return { state, ticket, validUntil: isoOf(turn.validUntil) }
    }
    default:
      return unreachable(stands)
  }
}

export const takePlaceRoute = ({ gate }: Deps) =>
  route({
    method: 'post',
    path: '/v1/admission',
    access: 'anyone',
    anonymous: true,
    summary: { ja: '順番を取る', en: 'Take a place in line' },
    replies: { 200: admissionReply },
    handle: async ({ headers }) => {
      const stands = await gate.takePlace(headers)
      return reply(200, shown(stands), { headers: gate.headersOf(stands) })
    },
  })

export const askPlaceRoute = ({ gate }: Deps) =>
  route({
    method: 'get',
    path: '/v1/admission',
    access: 'anyone',
    anonymous: true,
    summary: { ja: '順番が来たか尋ねる', en: 'Ask whether it is my turn' },
    replies: { 200: admissionReply },
    problems: [...ticketProblems, 'no_place'],
    handle: async ({ headers }) => {
      const stands = await gate.ask(headers)
      if (stands.kind === 'no_place') return problem('no_place')
      return stands.kind === 'ticket_refused'
        ? problem(stands.code)
        : reply(200, shown(stands), { headers: gate.headersOf(stands) })
    },
  })

const html = 'text/html; charset=utf-8'
const css = 'text/css; charset=utf-8'
const javascript = 'text/javascript; charset=utf-8'
const kept = { 'cache-control': 'public, max-age=300' }

/** The page that people wait on. It takes a place for whoever has none. */
export const waitingRoomRoute = ({ gate }: Deps) =>
  route({
    method: 'get',
    path: '/v1/waiting-room',
    access: 'anyone',
    anonymous: true,
    summary: { ja: '順番を待つ画面', en: 'The page to wait on' },
    query: waitingRoomQuery,
    replies: { 200: bytes(html) },
    handle: async ({ headers, query }) => {
      const stands = await gate.takePlace(headers)
      return page(
        waitingPage(stands, { to: query.to ?? '/', admittedMs: gate.admittedMs }),
        html,
        gate.headersOf(stands),
      )
    },
  })

export const waitingRoomStyleRoute = () =>
  route({
    method: 'get',
    path: '/v1/waiting-room.css',
    access: 'anyone',
    anonymous: true,
    summary: { ja: '順番を待つ画面の見た目', en: 'How the page to wait on looks' },
    replies: { 200: bytes(css) },
    handle: async () => page(waitingStyle, css, kept),
  })

export const waitingRoomScriptRoute = () =>
  route({
    method: 'get',
    path: '/v1/waiting-room.js',
    access: 'anyone',
    anonymous: true,
    summary: { ja: '順番を待つ画面の動き', en: 'What the page to wait on does' },
    replies: { 200: bytes(javascript) },
    handle: async () => page(waitingScript, javascript, kept),
  })
