import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { PlatformError } from '../command.ts'

export type Answer = Readonly<{
  status: number
  /** The JSON that came back, or the text where it was none. */
  body: unknown
  bytes: Uint8Array
  /** The session that the answer opened, as a cookie to send back. */
  cookie: string | undefined
}>

export type Call = Readonly<{
  method: string
  url: string
  body?: unknown
  /** Instead of a JSON body. */
  text?: string
  /** Instead of a JSON body: a file as it is. */
  bytes?: Uint8Array<ArrayBuffer>
  cookie?: string | undefined
  bearer?: string
  origin?: string
  idempotencyKey?: string
}>

/** Sends one request as an app would. Throws only when the platform cannot be reached. */
export async function call(asked: Call): Promise<Answer> {
  const { method, url, body, text, bytes: file, cookie, bearer, origin, idempotencyKey } = asked
  const headers: Record<string, string> = {}
  if (body !== undefined || text !== undefined) headers['content-type'] = 'application/json'
  if (cookie !== undefined) headers['cookie'] = cookie
  if (bearer !== undefined) headers['authorization'] = `Bearer ${bearer}`
  if (origin !== undefined) headers['origin'] = origin
  if (method !== 'GET') headers['idempotency-key'] = idempotencyKey ?? randomUUID()
  const sent = text ?? file ?? (body === undefined ? undefined : JSON.stringify(body))
  const response = await fetch(url, {
    method,
    headers,
    ...(sent === undefined ? {} : { body: sent }),
  }).catch((cause: unknown) => {
    throw new PlatformError(notThere(new URL(url).origin), { cause })
  })
  const bytes = await response.bytes()
  const answer = Buffer.from(bytes).toString('utf8')
  return {
    status: response.status,
    body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(answer) : answer,
    bytes,
    cookie: response.headers.getSetCookie()[0]?.split(';')[0],
  }
}

/** What a command says where nobody answers. */
export const notThere = (origin: string): string =>
  [
    `${origin} に みんな券 がいません。npm start は動いていますか。`,
    'npm start に MINNAKEN_PORT_… を付けたときは、ここでも同じに付けてください。',
    `Minnaken is not at ${origin}: is npm start running? With the same MINNAKEN_PORT_… as here?`,
  ].join('\n')

const INSIST_TIMES = 30
const INSIST_MS = 500

/**
 * Asks again, by the same request, as long as the platform is busy or does not know the outcome:
 * then nothing was decided, or the same request is told what was.
 */
export async function insist(ask: () => Promise<Answer>): Promise<Answer> {
  for (let times = 1; ; times++) {
    const answer = await ask()
    if (answer.status !== 503 || times === INSIST_TIMES) return answer
    await wait(INSIST_MS)
  }
}
