import { unreachable } from '@minnaken/domain'
import { isoOf, problem, reply, route } from '@minnaken/http'
import { numberBody, numberReply } from '../contract.ts'
import type { Deps } from '../deps.ts'
import type { ReadCode } from '../redeem/code.ts'
import { issueNumber } from './issue.ts'

export const issueNumberRoute = (deps: Deps, read: (text: string) => Promise<ReadCode>) =>
  route({
    method: 'post',
    path: '/v1/codes',
    access: ['resident'],
    shed: 'balance',
    summary: {
      ja: '支払コードを12桁の番号でも払えるようにする',
      en: 'Let twelve digits stand for a payment code that this phone signed',
    },
    body: numberBody,
    replies: { 201: numberReply },
    problems: ['code_foreign', 'code_forged', 'code_expired', 'code_not_yet_valid'],
    handle: async ({ body, actor: { accountId } }) => {
      const outcome = await issueNumber(deps, read, { accountId, text: body.code })
      switch (outcome.kind) {
        case 'issued':
          return reply(201, {
            number: outcome.number,
            validUntil: isoOf(outcome.validUntil),
            serverTime: isoOf(deps.now()),
          })
        case 'code_expired':
          return problem(outcome.kind, { validUntil: isoOf(outcome.validUntil) })
        case 'code_not_yet_valid':
          return problem(outcome.kind, { validFrom: isoOf(outcome.validFrom) })
        case 'code_foreign':
        case 'code_forged':
        case 'too_many_requests':
          return problem(outcome.kind)
        default:
          return unreachable(outcome)
      }
    },
  })
