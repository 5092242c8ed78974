import { anyOf } from './any-signal.ts'
import { aboutMs } from './chance.ts'
import { eventsOf } from './live-events.ts'
import type { LiveEvent } from './live-events.ts'

export type LiveState = 'streaming' | 'polling'

type Followed = Readonly<{
  path: string
  token: string | undefined
  signal: AbortSignal
  onState: (state: LiveState) => void
  onEvent: (event: LiveEvent) => void
  poll: () => void
}>

const POLL_MS = 5_000
/** A stream that says nothing for so long, not even that it is there, is taken for dead. */
const SILENCE_MS = 40_000

/**
 * Reads the stream as long as there is one, and asks every few seconds while there is none. A
 * stream is there with its first byte: a proxy may answer for it and hold back what it says.
 */
export async function follow(asked: Followed): Promise<void> {
  const { signal, onState, poll } = asked
  while (!signal.aborted) {
    onState('polling')
    poll()
    const polling = setInterval(poll, POLL_MS)
    const onFlow = () => {
      clearInterval(polling)
      onState('streaming')
    }
    await readStream(asked, onFlow).catch(() => {})
    clearInterval(polling)
    // A process that goes ends all its streams at one moment; those who heard it come back one by one.
    if (!signal.aborted) await pause(aboutMs(POLL_MS), signal)
  }
}

async function readStream(
  { path, token, signal, onEvent }: Followed,
  onFlow: () => void,
): Promise<void> {
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), SILENCE_MS)
  try {
    const response = await fetch(`/api${path}`, {
      headers: {
        accept: 'text/event-stream',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      cache: 'no-store',
      signal: anyOf([signal, silence.signal]),
    })
    if (!response.ok || response.body === null) return
    let isFlowing = false
    const heard = () => {
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), SILENCE_MS)
      if (!isFlowing) onFlow()
      isFlowing = true
    }
    for await (const event of eventsOf(response.body, heard)) onEvent(event)
  } finally {
    clearTimeout(timer)
  }
}

/** Waits, but not longer than until it ends or the network is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    addEventListener('online', end)
    signal.addEventListener('abort', end)
  })
}
