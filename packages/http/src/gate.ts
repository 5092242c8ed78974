import type { Rendered } from './render.ts'
import type { ProblemReply } from './reply.ts'

/** How a request that was let in came out: what a gate measures its service by. */
export type Passage = Readonly<{
  /** Without the time in which its body was still coming. */
  ms: number
  /** It found the service too busy, or failed. */
  wasOverloaded: boolean
  /** It was looked up who asked, and they were found: what they are let in with is not invented. */
  wasKnown: boolean
}>

export type Entry =
  | Readonly<{
      kind: 'entered'
      /** Sent with the answer, whatever it is. */
      headers: Readonly<Record<string, string>>
      /** It is not at work for a while; what this answers is called when it is again. */
      stepAside: () => () => void
      leave: (passage: Passage) => void
    }>
  | ProblemReply

/**
 * Decides whether a request may come in now, before anybody is looked up and any body is read: it
 * must cost next to nothing, because in a rush it is asked for everyone.
 */
export type Gate = (headers: Headers) => Promise<Entry>

const overloaded = new Set<string>(['busy', 'outcome_unknown'])

/** Waits for something without being at work: a body that is slow to come takes nobody's room. */
export type Aside = <T>(wait: () => Promise<T>) => Promise<T>

/**
 * Does the work of a request if the gate lets it in, and tells the gate how it went. `asksWho`: the
 * work begins by looking up who asks.
 */
export async function throughGate(
  gate: Gate,
  { headers, asksWho }: Readonly<{ headers: Headers; asksWho: boolean }>,
  work: (aside: Aside) => Promise<Rendered>,
): Promise<Rendered> {
  const entry = await gate(headers)
  if (entry.kind === 'problem') return entry
  const started = performance.now()
  let asideMs = 0
  const aside: Aside = async (wait) => {
    const from = performance.now()
    const comeBack = entry.stepAside()
    try {
      return await wait()
    } finally {
      comeBack()
      asideMs += performance.now() - from
    }
  }
  let outcome: Rendered | undefined
  try {
    outcome = await work(aside)
    return { ...outcome, headers: { ...entry.headers, ...outcome.headers } }
  } finally {
    const wasOverloaded =
      outcome === undefined || (outcome.kind === 'problem' && overloaded.has(outcome.code))
    const wasUnknown = outcome?.kind === 'problem' && outcome.code === 'sign_in_needed'
    const wasKnown = asksWho && !wasOverloaded && !wasUnknown
    entry.leave({ ms: performance.now() - started - asideMs, wasOverloaded, wasKnown })
  }
}
