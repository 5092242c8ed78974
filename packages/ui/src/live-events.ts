export type LiveEvent = Readonly<{ kind: string; data: unknown }>

/**
 * Reads server-sent events out of a stream of bytes: `event:` and `data:` lines, one empty line
 * behind each. Comments and ids are passed over; data that is no JSON is passed over too.
 * `heard` is told of every sign of life.
 */
export async function* eventsOf(
  stream: ReadableStream<Uint8Array>,
  heard: () => void = () => {},
): AsyncGenerator<LiveEvent> {
  const reader = stream
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    heard()
    text = `${text}${value}`.replaceAll('\r\n', '\n')
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = eventOf(text.slice(0, end))
      text = text.slice(end + 2)
      if (event !== null) yield event
    }
  }
}

function eventOf(block: string): LiveEvent | null {
  let kind = 'message'
  const data: string[] = []
  for (const line of block.split('\n')) {
    const [, name, value = ''] = /^([a-z]+): ?(.*)$/.exec(line) ?? []
    if (name === 'event') kind = value
    if (name === 'data') data.push(value)
  }
  if (data.length === 0) return null
  try {
    return { kind, data: JSON.parse(data.join('\n')) as unknown }
  } catch {
    return null
  }
}
