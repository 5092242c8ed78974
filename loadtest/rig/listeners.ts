import { type ClientRequest, get } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Entry } from './journal.ts'
import { type Latency, latencyOf } from './latency.ts'
import type { RunningService } from './process.ts'
import type { Seeded, SeededTill } from './seeded.ts'

/** What tills were told that follow the payments of their shops. */
export type Told = Readonly<{
  listeners: number
  /** Payments that some till was told of, and those that none of its shop was told of. */
  payments: number
  missed: number
  /** From when a payment was answered until a till was told. */
  delay: Latency
}>

const AGAIN_MS = 500
/** A till hears of a payment of another process a second later; after this, of none any more. */
const LAST_WORDS_MS = 3_000

/** Does some work while so many tills hold their shop's `/live` open, coming again when it ends. */
export async function whileListening<T extends Readonly<{ entries: readonly Entry[] }>>(
  { tills }: Pick<Seeded, 'tills'>,
  { urls: [url = ''] }: Pick<RunningService, 'urls'>,
  { count, work }: Readonly<{ count: number; work: () => Promise<T> }>,
): Promise<Readonly<{ result: T; told: Told }>> {
  const toldAt = new Map<string, number>()
  const listening = tills.slice(0, count)
  const ends = listening.map((till) =>
    follow(url, till, (redemptionId) => {
      if (!toldAt.has(redemptionId)) toldAt.set(redemptionId, Date.now())
    }),
  )
  try {
    const result = await work()
    if (listening.length > 0) await wait(LAST_WORDS_MS)
    return { result, told: toldOf(result.entries, { tills, listening, toldAt }) }
  } finally {
    for (const end of ends) end()
  }
}

/** Holds what was taken at the shops that were listened to against what their tills were told. */
export function toldOf(
  entries: readonly Entry[],
  {
    tills,
    listening,
    toldAt,
  }: Readonly<{
    tills: readonly SeededTill[]
    listening: readonly SeededTill[]
    toldAt: ReadonlyMap<string, number>
  }>,
): Told {
  const shops = new Set(listening.map(({ shopId }) => shopId))
  const delays: number[] = []
  let missed = 0
  for (const { heard, payment, at } of entries) {
    if (heard.kind !== 'taken' || !shops.has(tills[payment.till]?.shopId ?? '')) continue
    const told = toldAt.get(heard.redemptionId)
    if (told === undefined) missed += 1
    else delays.push(Math.max(0, told - at))
  }
  return {
    listeners: listening.length,
    payments: delays.length,
    missed,
    delay: latencyOf(delays),
  }
}

/** Follows one shop as a till of it. Answers how to stop. */
function follow(
  url: string,
  { shopId, token }: SeededTill,
  hear: (redemptionId: string) => void,
): () => void {
  const over = new AbortController()
  const keepOn = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await listenOnce(`${url}/v1/shops/${shopId}/live`, token, { over: over.signal, hear })
      await wait(AGAIN_MS, undefined, { signal: over.signal }).catch(() => {})
    }
  }
  void keepOn()
  return () => over.abort()
}

function listenOnce(
  url: string,
  token: string,
  { over, hear }: Readonly<{ over: AbortSignal; hear: (redemptionId: string) => void }>,
): Promise<void> {
  return new Promise((resolve) => {
    const request: ClientRequest = get(
      url,
      { headers: { authorization: `Bearer ${token}` }, signal: over, agent: false },
      (response) => {
        let rest = ''
        response.setEncoding('utf8')
        response.on('data', (piece: string) => {
          const lines = (rest + piece).split('\n')
          rest = lines.pop() ?? ''
          for (const line of lines) {
            const [, id] = /^data: ?.*"redemptionId":"([^"]+)"/.exec(line) ?? []
            if (id !== undefined) hear(id)
          }
        })
        response.on('close', resolve)
        response.on('error', () => resolve())
      },
    )
    request.on('error', () => resolve())
  })
}
