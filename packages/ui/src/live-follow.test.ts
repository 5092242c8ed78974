import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { follow, type LiveState } from './live-follow.ts'

beforeEach(() => {
  vi.useFakeTimers()
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

type Ask = (leaving: AbortSignal) => Promise<Response>

/** A stream that says what it is told to, and breaks when it is left. */
function streamOf() {
  const said = new TransformStream<Uint8Array, Uint8Array>()
  const writer = said.writable.getWriter()
  const ask: Ask = (leaving) => {
    leaving.addEventListener('abort', () => void writer.abort(leaving.reason))
    return Promise.resolve(new Response(said.readable))
  }
  return { ask, say: (text: string) => void writer.write(new TextEncoder().encode(text)) }
}

/** Follows what these answers bring, one for each time that the stream is asked for. */
function followed(...answers: readonly Ask[]) {
  const leaving = new AbortController()
  const states: LiveState[] = []
  const events: unknown[] = []
  let [polls, asked] = [0, 0]
  vi.stubGlobal('fetch', (_: string, { signal }: Readonly<{ signal: AbortSignal }>) =>
    (answers[asked++] ?? never)(signal),
  )
  void follow({
    path: '/v1/live',
    token: undefined,
    signal: leaving.signal,
    onState: (state) => states.push(state),
    onEvent: (event) => events.push(event),
    poll: () => {
      polls++
    },
  })
  return { leaving, states, events, polls: () => polls, asked: () => asked }
}

const never: Ask = (leaving) =>
  new Promise((_, reject) => {
    leaving.addEventListener('abort', () => reject(new Error('left')))
  })
const after = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('a stream that a proxy holds back is asked about every five seconds, and not called live', async () => {
  const held = streamOf()
  const it = followed(held.ask)
  await after(20_000)
  expect([it.polls(), it.states]).toEqual([5, ['polling']])
  it.leaving.abort()
})

test('so is one that is not even answered', async () => {
  const it = followed(never)
  await after(20_000)
  expect([it.polls(), it.states]).toEqual([5, ['polling']])
  it.leaving.abort()
})

test('from its first byte on the stream tells, and nobody asks any more', async () => {
  const live = streamOf()
  const it = followed(live.ask)
  await after(5_000)
  live.say('retry: 1000\n\n')
  await after(20_000)
  expect([it.polls(), it.states]).toEqual([2, ['polling', 'streaming']])
  live.say('event: payment\ndata: {"yen":800}\n\n')
  await after(0)
  expect(it.events).toEqual([{ kind: 'payment', data: { yen: 800 } }])
  it.leaving.abort()
})

test('a stream that falls silent is taken for dead, and asked for again', async () => {
  const [first, second] = [streamOf(), streamOf()]
  const it = followed(first.ask, second.ask)
  first.say(':\n\n')
  await after(39_000)
  expect([it.polls(), it.asked()]).toEqual([1, 1])
  await after(8_600)
  second.say(':\n\n')
  await after(0)
  expect([it.asked(), it.states]).toEqual([2, ['polling', 'streaming', 'polling', 'streaming']])
  it.leaving.abort()
})

test('those whose streams all end at one moment do not all come back at one', async () => {
  const backAfterMs = async (drawn: number): Promise<number> => {
    vi.spyOn(Math, 'random').mockReturnValue(drawn)
    const it = followed(() => Promise.resolve(new Response('')), never)
    await after(0)
    for (let ms = 0; ms < 10_000; ms += 100) {
      if (it.asked() === 2) {
        it.leaving.abort()
        return ms
      }
      await after(100)
    }
    return Number.POSITIVE_INFINITY
  }
  expect([await backAfterMs(0), await backAfterMs(0.5), await backAfterMs(0.9)]).toEqual([
    2_500, 5_000, 7_000,
  ])
})

test('whoever left asks nothing any more', async () => {
  const it = followed(() => Promise.reject(new Error('no network')))
  await after(1_000)
  it.leaving.abort()
  await after(60_000)
  expect([it.polls(), it.asked()]).toEqual([1, 1])
})
