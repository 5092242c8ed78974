import { useEffect, useRef, useState } from 'react'
import type { LiveEvent } from './live-events.ts'
import { follow, type LiveState } from './live-follow.ts'

/**
 * Follows what happens at the service: by server-sent events, and by asking every few seconds
 * while there is no stream (a proxy that holds it back, a network that breaks it). `onEvent` hears
 * each event; `poll` is called at the start, after each break, and instead of the stream.
 *
 * `path` is null while there is nothing to follow. The cookie says who asks; a till passes its
 * token, which an EventSource cannot, so that its stream is read by fetch.
 */
export function useLive({
  path,
  token,
  onEvent,
  poll,
}: Readonly<{
  path: string | null
  token?: string | undefined
  onEvent: (event: LiveEvent) => void
  poll: () => void
}>): LiveState {
  const [state, setState] = useState<LiveState>('polling')
  const latest = useRef({ onEvent, poll })
  useEffect(() => {
    latest.current = { onEvent, poll }
  })
  useEffect(() => {
    if (path === null) return undefined
    const ending = new AbortController()
    void follow({
      path,
      token,
      signal: ending.signal,
      onState: setState,
      onEvent: (event) => latest.current.onEvent(event),
      poll: () => latest.current.poll(),
    })
    return () => ending.abort()
  }, [path, token])
  return state
}
