import { readStored, store } from '@minnaken/ui'

const KEPT = 'account'
/** Who was here last; stays when they sign out, because their phone's key does. */
const OWNER = 'owner'

/** Who is taken for signed in on this phone until the service says otherwise. */
export const keptPerson = (): string | null => readStored(KEPT)

/** Whether somebody has used the app on this phone before: they have an account to come back to. */
export const wasUsedBefore = (): boolean => readStored(OWNER) !== null

/**
 * Nobody is signed in: whoever comes next is asked for before anything is shown. What the service
 * told is gone, since it can tell it again; what is unfinished stays for whoever comes back.
 */
export function nobodyIsHere(): void {
  store(KEPT, null)
  remove([`minnaken.${ANSWERS}`])
}

/** What of a person is on the phone and in the page. */
export type Belongings = Readonly<{
  /** The key that signs payment codes. */
  forgetKey: () => Promise<unknown>
  /** Answers that are in memory, also those that were there when the page opened. */
  forgetShown: () => void
}>

/** Whose answers the page may have in memory. */
let shownOf: string | null = readStored(OWNER)

/**
 * Lets somebody in. Another person than the last one finds neither answers nor key of theirs; the
 * same person finds everything, also what was typed and what is still in doubt.
 *
 * Throws when the key cannot be thrown away: with it they would pay from the wallet of the other.
 */
export async function letIn(
  accountId: string,
  { forgetKey, forgetShown }: Belongings,
): Promise<void> {
  if (readStored(OWNER) !== accountId) {
    await forgetKey()
    forgetStored()
  }
  if (shownOf !== accountId) forgetShown()
  shownOf = accountId
  store(OWNER, accountId)
  store(KEPT, accountId)
}

const ANSWERS = 'answer.'

/** What was last answered under a name, with the moment; null when nothing was kept. */
export function keptAnswer(name: string): Readonly<{ at: number; value: unknown }> | null {
  const text = readStored(`${ANSWERS}${name}`)
  if (text === null) return null
  try {
    return JSON.parse(text) as Readonly<{ at: number; value: unknown }>
  } catch {
    return null
  }
}

/** Keeps an answer for when there is no network. */
export const keepAnswer = (name: string, value: unknown): void =>
  store(`${ANSWERS}${name}`, JSON.stringify({ at: Date.now(), value }))

/** What only this phone knows: typed and not sent, sent and in doubt, shown, or said to be known. */
const UNFINISHED = [
  'minnaken.draft.',
  'minnaken.wish.',
  'minnaken.pending-payment',
  'minnaken.known.',
  'minnaken.shown',
]

/** Leaves nothing of a person on the phone but its key. */
export function forgetStored(): void {
  remove([`minnaken.${ANSWERS}`, ...UNFINISHED])
}

function remove(beginnings: readonly string[]): void {
  try {
    for (const storage of [localStorage, sessionStorage])
      for (const key of Object.keys(storage))
        if (beginnings.some((begin) => key.startsWith(begin))) storage.removeItem(key)
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
