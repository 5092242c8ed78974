import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Call, callWith } from './call.ts'

type Step = Readonly<{ status?: number; body?: unknown; retryAfter?: string }> | 'lost' | 'offline'

const busy: Step = {
  status: 503,
  body: { code: 'busy', status: 503, title: '混', titleEn: 'busy', retryable: true },
  retryAfter: '1',
}
const unknown: Step = {
  status: 503,
  body: { code: 'outcome_unknown', status: 503, title: '?', titleEn: '?', retryable: true },
}
const unreachable: Step = {
  status: 503,
  body: { code: 'service_unreachable', status: 503, title: '?', titleEn: '?', retryable: true },
  retryAfter: '1',
}
const refusal: Step = {
  status: 409,
  body: { code: 'code_expired', status: 409, title: '切', titleEn: 'expired', spendableYen: 3 },
}
const proxyPage: Step = { status: 502 }

afterEach(() => {
  vi.restoreAllMocks()
})

/** Plays these answers one after the other, the last one for ever, on a clock that waiting moves. */
async function play(asked: Partial<Call>, ...steps: readonly [Step, ...Step[]]) {
  let now = 0
  const sent: RequestInit[] = []
  const pauses: number[] = []
  const learned: unknown[] = []
  let at = -1
  const next = (): Step => steps[Math.min(at, steps.length - 1)] ?? 'lost'
  const call = callWith({
    fetch: async (_, init) => {
      sent.push(init)
      const step = next()
      if (typeof step === 'string') throw new TypeError('fetch failed')
      const { status = 200, body, retryAfter } = step
      return new Response(body === undefined ? '<html>' : JSON.stringify(body), {
        status,
        headers: {
          'content-type': body === undefined ? 'text/html' : 'application/problem+json',
          ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
        },
      })
    },
    now: () => now,
    wait: async (ms) => {
      pauses.push(ms)
      now += ms
    },
    isOnline: () => {
      at++
      return next() !== 'offline'
    },
    learn: ({ body }) => learned.push(body),
  })
  const answer = await call({ path: '/v1/x', ...asked })
  return { answer, sent, pauses, learned }
}

const done: Step = { body: { yen: 800 } }

describe('reading', () => {
  test('an answer is its value', async () => {
    const { answer } = await play({}, done)
    expect(answer).toEqual({ kind: 'answered', status: 200, value: { yen: 800 } })
  })

  test.each<[string, Step]>([
    ['a lost connection', 'lost'],
    ['a busy service', busy],
    ["a proxy's page", proxyPage],
  ])('%s is asked again', async (_, step) => {
    const { answer, pauses } = await play({}, step, step, done)
    expect(answer.kind).toBe('answered')
    expect(pauses).toHaveLength(2)
  })

  test('what everyone is told alike may be kept, and its time is not believed', async () => {
    const kept: Step = { body: { shops: [], serverTime: '2027-02-01T00:00:00Z' } }
    const list = await play({ isPublic: true }, kept)
    expect([list.sent[0]?.cache, list.learned]).toEqual(['no-cache', []])
    const own = await play({}, kept)
    expect([own.sent[0]?.cache, own.learned.length]).toEqual(['no-store', 1])
  })

  test.each<Step>(['lost', unreachable])(
    'nobody there is said within two seconds',
    async (step) => {
      const { answer, pauses } = await play({}, step)
      expect(answer).toEqual({ kind: 'offline', wasReading: true })
      expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(2_000)
      expect(pauses.length).toBeGreaterThan(1)
    },
  )

  test('a phone without a network says so at once', async () => {
    const { answer, pauses, sent } = await play({}, 'offline', done)
    expect([answer, pauses, sent]).toEqual([{ kind: 'offline', wasReading: true }, [], []])
  })

  test('a service that is only busy is waited for longer', async () => {
    const { pauses } = await play({}, busy)
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(4_000)
  })

  test('a refusal is told at once, with its data', async () => {
    const { answer, sent } = await play({}, refusal)
    expect(answer).toMatchObject({
      kind: 'refused',
      problem: { code: 'code_expired', spendableYen: 3 },
    })
    expect(sent).toHaveLength(1)
  })

  test('a busy service is given the time that it asks for', async () => {
    expect((await play({}, busy, done)).pauses).toEqual([1_000])
  })
})

describe('changing something', () => {
  const post = { method: 'POST' } as const

  test('what may have been done is not sent again by itself', async () => {
    const { answer, sent } = await play(post, 'lost', done)
    expect(answer).toEqual({ kind: 'outcome_unknown' })
    expect(sent).toHaveLength(1)
  })

  test.each<[string, Partial<Call>]>([
    ['a wish that has a name', { idempotencyKey: 'k' }],
    ['what is the same thing twice', { isRepeatable: true }],
  ])('%s is sent again, the same', async (_, harmless) => {
    const { answer, sent } = await play(
      { ...post, ...harmless, body: { a: 1 } },
      'lost',
      unknown,
      done,
    )
    expect(answer.kind).toBe('answered')
    expect(new Set(sent.map(({ headers, body }) => JSON.stringify([headers, body]))).size).toBe(1)
    expect(sent).toHaveLength(3)
  })

  test.each([
    ['internal', 500],
    ['sign_in_needed', 401],
    ['forbidden', 403],
  ])('%s says nothing of what was sent before and lost', async (code, status) => {
    const no: Step = { status, body: { code, status, title: '?', titleEn: '?' } }
    const wish = { ...post, idempotencyKey: 'k' }
    expect((await play(wish, 'lost', no)).answer).toEqual({ kind: 'outcome_unknown' })
    expect((await play(wish, no)).answer).toMatchObject({ kind: 'refused', problem: { code } })
    expect((await play(wish, 'lost', refusal)).answer).toMatchObject({ kind: 'refused' })
    expect((await play({}, 'lost', no)).answer).toMatchObject({ kind: 'refused' })
  })

  test('a busy service did nothing, so it is asked again', async () => {
    expect((await play(post, busy, done)).answer.kind).toBe('answered')
  })

  test.each(['lost', 'offline'] as const)(
    'what is %s for a moment is sent when somebody is there again',
    async (step) => {
      const wish = { ...post, idempotencyKey: 'k' }
      const { answer, pauses } = await play(wish, step, step, step, done)
      expect([answer.kind, pauses.length]).toEqual(['answered', 3])
    },
  )

  test('without a network nothing was sent, so nothing was done', async () => {
    const { answer, sent } = await play(post, 'offline')
    expect([answer, sent]).toEqual([{ kind: 'offline' }, []])
  })

  test('what did not reach the service was not done, and is sent again', async () => {
    expect((await play(post, unreachable)).answer).toEqual({ kind: 'offline' })
    expect((await play(post, unreachable, unreachable, done)).answer.kind).toBe('answered')
  })

  test('what is still being carried out has no outcome yet', async () => {
    const code = 'idempotency_in_flight'
    const inFlight: Step = { status: 409, body: { code, status: 409, title: '?', titleEn: '?' } }
    const wish = { ...post, idempotencyKey: 'k' }
    expect((await play(wish, inFlight)).answer).toEqual({ kind: 'outcome_unknown' })
    expect((await play(wish, inFlight, done)).answer.kind).toBe('answered')
  })

  test('a way that went dead is waited for less long by what may be sent again', async () => {
    const waits = vi.spyOn(AbortSignal, 'timeout')
    await play(post, done)
    await play({ ...post, isRepeatable: true }, done)
    await play({}, done)
    const [once, repeated, read] = waits.mock.calls.map(([ms]) => ms)
    expect(repeated).toBeLessThan(once ?? 0)
    expect(read).toBe(once)
  })

  test('what was sent once is never called undone, whatever comes after', async () => {
    for (const after of ['offline', busy, unreachable] as const) {
      const { answer } = await play({ ...post, isRepeatable: true }, 'lost', after)
      expect(answer).toEqual({ kind: 'outcome_unknown' })
    }
  })

  test.each([unknown, proxyPage])(
    'an answer that says nothing is an unknown outcome',
    async (step) => {
      expect((await play(post, step)).answer).toEqual({ kind: 'outcome_unknown' })
    },
  )

  test('with no patience it is asked once', async () => {
    const { sent } = await play({ ...post, isRepeatable: true, patienceMs: 0 }, 'lost')
    expect(sent).toHaveLength(1)
  })
})

test('a till says who it is by its token, a wish by its name', async () => {
  const { sent } = await play({ method: 'POST', token: 't', idempotencyKey: 'k', body: {} }, done)
  expect(sent[0]?.headers).toEqual({
    accept: 'application/json',
    'content-type': 'application/json',
    authorization: 'Bearer t',
    'idempotency-key': 'k',
  })
})

test('a file is sent as the bytes that it is, each time', async () => {
  const body = new Blob([Uint8Array.of(0xff, 0xd8)], { type: 'image/jpeg' })
  const { sent } = await play({ method: 'PUT', body, isRepeatable: true }, 'lost', done)
  expect(sent.map((init) => init.body)).toEqual([body, body])
  expect(sent[0]?.headers).toEqual({ accept: 'application/json' })
})

test('giving up is no answer', async () => {
  await expect(play({ signal: AbortSignal.abort() }, 'lost')).rejects.toThrow(/abort/i)
})
