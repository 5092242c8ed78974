import { inject } from 'vitest'
import type { Verbs } from './_verbs.ts'

type Told<Verb extends keyof Verbs> = Awaited<ReturnType<Verbs[Verb]>>

/** Asks the platform of the browser tests for something; the first one starts it. */
export async function stage<Verb extends keyof Verbs>(
  verb: Verb,
  ...[input]: Parameters<Verbs[Verb]>
): Promise<Told<Verb>> {
  const response = await fetch(`${inject('browserStage')}/${verb}`, {
    method: 'POST',
    body: JSON.stringify(input ?? null),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${verb}: ${text}`)
  return JSON.parse(text) as Told<Verb>
}
