/** A refusal as a service sends it (RFC 9457), with the data a screen needs beside it. */
export type Problem<Code extends string = string> = Readonly<{
  code: Code | GeneralCode
  status: number
  /** One sentence in Japanese, and in English: for a code that a screen has no words for. */
  title: string
  titleEn: string
  requestId?: string
  retryable?: boolean
  faults?: readonly Readonly<{ field: string; rule: string; ja: string; en: string }>[]
  [data: string]: unknown
}>

/** What the edge of every service may answer. */
export type GeneralCode =
  | 'busy'
  | 'foreign_origin'
  | 'forbidden'
  | 'idempotency_in_flight'
  | 'internal'
  | 'invalid_field'
  | 'not_found'
  | 'sign_in_needed'
  | 'too_many_requests'

/** Refusals that are about this moment, or about who asks now. */
const passing = [
  'busy',
  'forbidden',
  'idempotency_in_flight',
  'internal',
  'outcome_unknown',
  'service_unreachable',
  'sign_in_needed',
  'too_many_requests',
  'waiting_room',
]

/**
 * Whether a refusal leaves open what came of the same request before: whoever asked was not heard,
 * or the service failed. Only another answer settles that nothing was done.
 */
export const isPassing = ({ code, retryable }: Pick<Problem, 'code' | 'retryable'>): boolean =>
  retryable === true || passing.includes(code) || code.startsWith('ticket_')

/** Why there is no answer to work with. */
export type Failure<Code extends string = string> =
  /** The service said no. Nothing was done. */
  | Readonly<{ kind: 'refused'; problem: Problem<Code> }>
  /** Nobody could be reached. Nothing was done; who only asked hears nothing about any money. */
  | Readonly<{ kind: 'offline'; wasReading?: true }>
  /** It was sent, and what came of it is not known: ask again by the same request. */
  | Readonly<{ kind: 'outcome_unknown' }>

/** What `ask` throws, for whoever works with promises alone, such as a query. */
export class CallFailed extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.kind === 'refused' ? failure.problem.code : failure.kind)
    this.failure = failure
  }
}

/**
 * Whether an answer to what was just sent says nothing of it: none came, or the service failed. A
 * fault of the service says nothing about the money.
 */
export const saysNothing = (
  answer: Readonly<{ kind: string; problem?: Readonly<{ code: string }> }>,
): boolean => answer.kind === 'outcome_unknown' || answer.problem?.code === 'internal'

/** Reads a refusal from the body of an answer. Null when it is none of ours, such as a proxy's page. */
export function readProblem(body: unknown): Problem | null {
  if (typeof body !== 'object' || body === null) return null
  const { code, status, title, titleEn } = body as Readonly<Record<string, unknown>>
  return typeof code === 'string' &&
    typeof status === 'number' &&
    typeof title === 'string' &&
    typeof titleEn === 'string'
    ? (body as Problem)
    : null
}
