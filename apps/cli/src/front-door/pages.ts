import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { headersAt } from './headers.ts'

type Encoding = 'br' | 'gzip' | 'identity'

type Page = Readonly<{
  path: string
  contentType: string
  etag: string
  bodies: Readonly<Partial<Record<Encoding, Buffer>>> & Readonly<{ identity: Buffer }>
}>

/** The files of a built web app, by their path. Whatever is not one of these is not there. */
export type Pages = ReadonlyMap<string, Page>

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
}

/** Reads a built web app once, so that no request ever reaches the file system. */
export async function readPages(folder: string): Promise<Pages> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const bodies = new Map(
    await Promise.all(
      files.map(async (file) => [file.slice(folder.length), await readFile(file)] as const),
    ),
  )
  const pages = new Map<string, Page>()
  for (const [path, identity] of bodies) {
    const contentType = contentTypes[extname(path)]
    if (contentType === undefined) continue
    const br = bodies.get(`${path}.br`)
    const gzip = bodies.get(`${path}.gz`)
    pages.set(path, {
      path,
      contentType,
      etag: createHash('sha256').update(identity).digest('base64url').slice(0, 22),
      bodies: {
        identity,
        ...(br === undefined ? {} : { br }),
        ...(gzip === undefined ? {} : { gzip }),
      },
    })
  }
  return pages
}

/**
 * Answers with a file of the app; any other address without an ending is a screen of the app, which
 * finds it by itself. Files whose name has their hash are kept for ever, others are asked for anew.
 */
export function showPage(pages: Pages, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const path = (incoming.url ?? '/').split('?')[0] ?? '/'
  if (incoming.method !== 'GET' && incoming.method !== 'HEAD') {
    say(outgoing, {
      status: 405,
      path,
      text: 'Method Not Allowed',
      headers: { allow: 'GET, HEAD' },
    })
    return
  }
  const page = pages.get(path) ?? (isScreen(path) ? pages.get('/index.html') : undefined)
  if (page === undefined) {
    say(outgoing, { status: 404, path, text: '見つかりません。 / There is nothing here.' })
    return
  }
  const encoding = encodingFor(incoming, page)
  const etag = `"${page.etag}-${encoding}"`
  const headers = {
    ...headersAt(page.path),
    'content-type': page.contentType,
    'cache-control': page.path.startsWith('/assets/')
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
    vary: 'accept-encoding',
    etag,
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
  }
  if (incoming.headers['if-none-match']?.includes(etag) === true) {
    outgoing.writeHead(304, headers).end()
    return
  }
  const body = page.bodies[encoding] ?? page.bodies.identity
  outgoing.writeHead(200, { ...headers, 'content-length': body.byteLength })
  outgoing.end(incoming.method === 'HEAD' ? undefined : body)
}

/** An address that a person may have: no ending, and nothing that only programs ask for. */
const isScreen = (path: string): boolean =>
  !path.startsWith('/assets/') && extname(path) === '' && /^\/[\w/~@:%+=,-]*$/.test(path)

function encodingFor({ headers }: IncomingMessage, { bodies }: Page): Encoding {
  const accepted = (headers['accept-encoding'] ?? '')
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => !/;\s*q=0(\.0*)?$/.test(each))
    .map((each) => each.split(';')[0])
  const wished = (['br', 'gzip'] as const).filter((encoding) => accepted.includes(encoding))
  return wished.find((encoding) => bodies[encoding] !== undefined) ?? 'identity'
}

function say(
  outgoing: ServerResponse,
  answer: Readonly<{
    status: number
    path: string
    text: string
    headers?: Readonly<Record<string, string>>
  }>,
): void {
  outgoing.writeHead(answer.status, {
    ...headersAt(answer.path),
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    ...answer.headers,
  })
  outgoing.end(`${answer.text}\n`)
}
