import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { openServer } from '@minnaken/http'
import type { ServiceUrls } from '../platform/services.ts'
import { openApi } from './api.ts'
import { headersAt } from './headers.ts'
import { type Pages, showPage } from './pages.ts'
import { sayAlive, sayReadiness } from './readiness.ts'
import { readServicePaths } from './service-paths.ts'

/** Where one app's people come in: its pages, and the services below `/api`. */
export type Door = Readonly<{
  port: number
  /** The files of the built app; none at a door that is for programs only. */
  pages: Pages
}>

export type Doors = Readonly<{
  ports: readonly number[]
  /** Takes nobody new, lets what is in flight be answered, and resolves. */
  stop: () => Promise<void>
}>

/** How long those who are inside may take to be answered, once the doors close. */
const LEAVING_MS = 5_000

/** Opens front doors in this process, when the services listen. Port 0 takes any free one. */
export async function openDoors({
  urls,
  doors,
  atOnceMax,
}: Readonly<{
  urls: ServiceUrls
  doors: readonly Door[]
  /** So many requests may be at one service at once. */
  atOnceMax?: number
}>): Promise<Doors> {
  const pathsOf = await readServicePaths(urls)
  const api = openApi({ urls, pathsOf, ...(atOnceMax === undefined ? {} : { atOnceMax }) })
  const opened: Open[] = []
  const stop = async () => {
    await Promise.all(opened.map(({ close }) => close()))
    api.close()
  }
  try {
    for (const { port, pages } of doors)
      opened.push(
        await listen(port, (incoming, outgoing) => {
          const { url = '/' } = incoming
          const path = url.split('?')[0]
          if (path === '/readyz') void sayReadiness(urls, outgoing)
          else if (path === '/healthz') sayAlive(outgoing)
          else if (path === '/api' || url.startsWith('/api/')) api.handle(incoming, outgoing)
          else showPage(pages, incoming, outgoing)
        }),
      )
  } catch (error) {
    await stop()
    throw error
  }
  return { ports: opened.map(({ port }) => port), stop }
}

/** What is no HTTP never becomes a request; it is refused with the headers of all other answers. */
const malformed = [
  'HTTP/1.1 400 Bad Request',
  ...Object.entries(headersAt('/')).map(([name, value]) => `${name}: ${value}`),
  'content-length: 0',
  'connection: close',
  '\r\n',
].join('\r\n')

type Open = Readonly<{ port: number; close: () => Promise<void> }>

async function listen(
  port: number,
  answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
): Promise<Open> {
  const server = createServer({ keepAliveTimeout: 65_000 }, answer)
  server.on('clientError', (_, socket) => {
    if (!socket.writable) socket.destroy()
    else socket.end(malformed)
  })
  const opened = await openServer(server, { port, host: '127.0.0.1' })
  return {
    port: opened.port,
    close: async () => {
      const timer = setTimeout(() => server.closeAllConnections(), LEAVING_MS)
      const closed = opened.close()
      server.closeIdleConnections()
      await closed
      clearTimeout(timer)
    },
  }
}
