import { expect, test } from 'vitest'
import { eventsOf } from './live-events.ts'

async function read(...chunks: readonly string[]) {
  const bytes = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(bytes.encode(chunk))
      controller.close()
    },
  })
  const events = []
  for await (const event of eventsOf(stream)) events.push(event)
  return events
}

test('an event is told when its empty line is there, wherever the chunks are cut', async () => {
  const text = 'event: payment\ndata: {"yen":800}\n\nevent: void\ndata: {"yen":3}\n\n'
  const told = [
    { kind: 'payment', data: { yen: 800 } },
    { kind: 'void', data: { yen: 3 } },
  ]
  expect(await read(text)).toEqual(told)
  for (let cut = 1; cut < text.length; cut++)
    expect(await read(text.slice(0, cut), text.slice(cut))).toEqual(told)
})

test('what is cut off is not told', async () => {
  expect(await read('event: payment\ndata: {"yen":800}\n')).toEqual([])
})

test('comments, ids and what is no JSON are passed over', async () => {
  expect(await read(': here\n\nid: 4\ndata: {"a":1}\n\ndata: {broken\n\ndata: 2\r\n\r\n')).toEqual([
    { kind: 'message', data: { a: 1 } },
    { kind: 'message', data: 2 },
  ])
})

test('a letter of several bytes may be cut in two', async () => {
  const bytes = new TextEncoder().encode('data: "みらい"\n\n')
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
      controller.close()
    },
  })
  for await (const event of eventsOf(stream)) expect(event.data).toBe('みらい')
})
