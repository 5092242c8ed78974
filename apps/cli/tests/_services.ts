import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { ServiceUrls } from '../src/platform/services.ts'

const paths = {
  purchase: ['/v1/campaigns', '/v1/campaigns/{code}', '/v1/slow'],
  redemption: ['/v1/redemptions', '/v1/shops/{shopId}/day', '/v1/live', '/v1/cut'],
  settlement: ['/v1/shops', '/v1/shops/{shopId}', '/v1/shops/mine/day'],
} as const

/** A list as it comes from a district with many shops. */
export const longList = {
  shops: Array.from({ length: 500 }, (_, n) => ({ name: `みらい商店${n}` })),
}

export const longListTag = 'W/"500-shops"'

type Name = keyof typeof paths

type Heard = Readonly<{
  service: Name
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}>

/** Three services that say what they hear; what a front door stands before. */
export async function openServices() {
  const heard: Heard[] = []
  const live: ServerResponse[] = []
  const gone: string[] = []
  const ready = new Map<Name, boolean>()
  const servers = new Map<Name, Server>()
  const answer = async (service: Name, incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { url = '', method = '', headers } = incoming
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) gone.push(url)
    })
    if (url === '/openapi.json') return json(outgoing, 200, openapiOf(paths[service]))
    if (url === '/readyz') return json(outgoing, ready.get(service) === false ? 503 : 200, {})
    if (url === '/v1/cut') {
      await text(incoming)
      return incoming.socket.destroy()
    }
    if (url === '/v1/slow') return undefined
    if (url === '/v1/live') {
      outgoing.writeHead(200, { 'content-type': 'text/event-stream' })
      outgoing.flushHeaders()
      return live.push(outgoing)
    }
    if (url === '/v1/shops/long') {
      outgoing.setHeader('etag', longListTag)
      outgoing.setHeader('cache-control', 'no-cache')
      const isKnown = headers['if-none-match'] === longListTag
      return isKnown ? outgoing.writeHead(304).end() : json(outgoing, 200, longList)
    }
    heard.push({ service, method, url, headers, body: await text(incoming) })
    outgoing.setHeader('set-cookie', ['a=1', 'b=2'])
    outgoing.setHeader('x-service', service)
    return json(outgoing, url.endsWith('/nothing') ? 404 : 200, { service })
  }
  const urls: Record<string, string> = {}
  for (const service of ['purchase', 'redemption', 'settlement'] as const) {
    const server = createServer((incoming, outgoing) => {
      void answer(service, incoming, outgoing)
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    servers.set(service, server)
    urls[service] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const stop = async (service: Name) => {
    const server = servers.get(service)
    server?.closeAllConnections()
    await new Promise((resolve) => {
      if (server === undefined) resolve(undefined)
      else server.close(resolve)
    })
  }
  return {
    urls: urls as ServiceUrls,
    heard,
    live,
    gone,
    ready,
    stop,
    stopAll: async () => {
      for (const service of servers.keys()) await stop(service)
    },
  }
}

const openapiOf = (templates: readonly string[]) => ({
  paths: Object.fromEntries(templates.map((template) => [template, {}])),
})

function json(outgoing: ServerResponse, status: number, value: object): void {
  const body = Buffer.from(JSON.stringify(value))
  outgoing.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.byteLength,
  })
  outgoing.end(body)
}
