import { isoOf } from './moment.ts'
import { type ProblemReply, problem } from './reply.ts'

/** The rules say no, with the data that a screen needs. */
export type Refused<Refusal extends Readonly<{ kind: string }>> = Readonly<{
  kind: 'refused'
  refusal: Refusal
}>

export const refused = <const Refusal extends Readonly<{ kind: string }>>(
  refusal: Refusal,
): Refused<Refusal> => ({ kind: 'refused', refusal })

/** A refusal on the wire: its kind is the problem's code, and moments, named `…At`, are text. */
export function refusalReply<Refusal extends Readonly<{ kind: string }>>({
  refusal,
}: Refused<Refusal>): ProblemReply<Refusal['kind']> {
  const { kind, ...facts } = refusal
  const data = Object.entries(facts).map(([name, value]) => [
    name,
    name.endsWith('At') && typeof value === 'number' ? isoOf(value) : value,
  ])
  return problem<Refusal['kind']>(kind, Object.fromEntries(data))
}
