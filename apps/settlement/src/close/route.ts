import { refusalReply, reply, route } from '@minnaken/http'
import { runBody, runReply } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { closePeriod } from './close.ts'

export const closeRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/runs',
    access: ['clerk'],
    summary: { ja: '期間を締める', en: 'Close a period; again is the same run' },
    body: runBody,
    replies: { 200: runReply, 201: runReply },
    problems: [
      'period_not_in_calendar',
      'calendars_differ',
      'period_not_over',
      'earlier_period_open',
    ],
    handle: async ({ body }) => {
      const outcome = await closePeriod(deps, body)
      if (outcome.kind === 'refused') return refusalReply(outcome)
      return outcome.kind === 'closed' ? reply(201, outcome.run) : reply(200, outcome.run)
    },
  })
