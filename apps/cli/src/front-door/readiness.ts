import type { ServerResponse } from 'node:http'
import { type ServiceUrls, serviceNames } from '../platform/services.ts'
import { headersAt } from './headers.ts'

const ANSWER_MS = 3_000

/** Whether people can be let in: every service says that it is ready. */
export async function sayReadiness(urls: ServiceUrls, outgoing: ServerResponse): Promise<void> {
  const answers = await Promise.all(serviceNames.map((name) => isReady(urls[name])))
  const services = Object.fromEntries(serviceNames.map((name, at) => [name, { ok: answers[at] }]))
  const isOpen = answers.every(Boolean)
  sayJson(outgoing, isOpen ? 200 : 503, { status: isOpen ? 'ready' : 'not_ready', services })
}

export const sayAlive = (outgoing: ServerResponse): void =>
  sayJson(outgoing, 200, { status: 'alive' })

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS) }).then(
    ({ ok }) => ok,
    () => false,
  )

function sayJson(outgoing: ServerResponse, status: number, value: object): void {
  outgoing.writeHead(status, {
    ...headersAt('/'),
    'content-type': 'application/json',
    'cache-control': 'no-store',
  })
  outgoing.end(JSON.stringify(value))
}
