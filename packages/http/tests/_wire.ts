import { connect } from 'node:net'

export type Told = Readonly<{ status: number; headers: Headers; body: string; isClosed: boolean }>

/**
 * Sends bytes as they are, which `fetch` would not, and answers what came back.
 * `pieces` are sent one after another; the connection is given `waitMs` to answer or close.
 */
export function tell(
  port: number,
  pieces: readonly (string | Uint8Array)[],
  waitMs = 1_000,
): Promise<Told> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let isClosed = false
    const socket = connect(port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece)
    })
    const timer = setTimeout(() => socket.destroy(), waitMs)
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      if (isWhole(Buffer.concat(chunks).toString('latin1'))) setTimeout(() => socket.destroy(), 50)
    })
    socket.on('end', () => {
      isClosed = true
    })
    socket.on('error', () => {
      isClosed = true
    })
    socket.on('close', () => {
      clearTimeout(timer)
      resolve({ ...parse(Buffer.concat(chunks).toString('utf8')), isClosed })
    })
  })
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  const length = /content-length: (\d+)/i.exec(text)?.[1]
  return end > 0 && length !== undefined && text.length >= end + 4 + Number(length)
}

function parse(text: string): { status: number; headers: Headers; body: string } {
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, Math.max(end, 0)).split('\r\n')
  const headers = new Headers(
    lines.map((line): [string, string] => {
      const at = line.indexOf(':')
      return [line.slice(0, at), line.slice(at + 1).trim()]
    }),
  )
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: text.slice(end + 4) }
}
