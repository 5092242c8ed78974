import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { generalProblems, securityHeaders } from '@minnaken/http'

const problems = {
  busy: generalProblems.busy,
  not_found: generalProblems.not_found,
  outcome_unknown: generalProblems.outcome_unknown,
  service_unreachable: {
    status: 503,
    ja: 'ただいまこのサービスにつながりません。何も行われていません。少し待ってからもう一度お試しください。',
    en: 'This service cannot be reached at the moment. Nothing was done; try again shortly.',
  },
} as const

/** Answers in place of a service, in the form in which services say no. */
export function sayProblem(outgoing: ServerResponse, code: keyof typeof problems): void {
  const { status, ja, en } = problems[code]
  const requestId = randomUUID()
  const isPassing = status === 503
  outgoing.writeHead(status, {
    ...securityHeaders,
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
    ...(isPassing ? { 'retry-after': '1' } : {}),
  })
  outgoing.end(
    JSON.stringify({
      type: `urn:minnaken:problem:${code}`,
      title: ja,
      titleEn: en,
      status,
      code,
      requestId,
      ...(isPassing ? { retryable: true } : {}),
    }),
  )
}
