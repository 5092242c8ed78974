import { readStored, store } from '@minnaken/ui'
import type { Typed } from './person.ts'

const keyOf = (campaign: string): string => `draft.${campaign}`

/** What was typed and not sent yet: kept on this phone until it is sent. */
export function readDraft(campaign: string): Partial<Typed> {
  try {
    return JSON.parse(readStored(keyOf(campaign)) ?? '{}') as Partial<Typed>
  } catch {
    return {}
  }
}

export const keepDraft = (campaign: string, typed: Typed | null): void =>
  store(keyOf(campaign), typed === null ? null : JSON.stringify(typed))
