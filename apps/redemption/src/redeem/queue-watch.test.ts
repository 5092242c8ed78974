import { createMetrics } from '@minnaken/http'
import { describe, expect, test } from 'vitest'
import { BucketQueue, QUEUE_LENGTH_MAX } from './queue.ts'
import { measureDesk } from './watch.ts'

/** A queue on a clock that is moved by hand, whose batches are answered by hand, and its metrics. */
function openQueue() {
  const metrics = createMetrics({ service: 'redemption' })
  const clock = { ms: 0 }
  const out: { requests: readonly number[]; fail: (error: Error) => void; answer: () => void }[] =
    []
  const desk = measureDesk(metrics)
  const queue = new BucketQueue<number, string>({
    run: (requests) =>
      new Promise((resolve, reject) =>
        out.push({ requests, fail: reject, answer: () => resolve(requests.map(String)) }),
      ),
    isFinal: () => false,
    elapsedMs: () => clock.ms,
    watch: desk.first,
  })
  const answerNext = async (afterMs = 0): Promise<void> => {
    await expect.poll(() => out.length, { interval: 1 }).toBeGreaterThan(0)
    clock.ms += afterMs
    out.shift()?.answer()
  }
  const read = async (name: string, ...labels: readonly string[]): Promise<number> => {
    const lines = (await metrics.text()).split('\n')
    const line = lines.find(
      (each) =>
        each.startsWith(`minnaken_redemption_${name}{`) &&
        labels.every((label) => each.includes(label)),
    )
    if (line === undefined) throw new Error(`${name} of ${labels.join()} is not told`)
    return Number(line.split(' ').at(-1))
  }
  return { queue, clock, desk, out, answerNext, read }
}

describe('of a queue is told', { timeout: 5_000 }, () => {
  test('how many left together, how long each had waited, how long the batch took', async () => {
    const { queue, clock, answerNext, read } = openQueue()
    const first = queue.ask(1)
    const others = [queue.ask(2), queue.ask(3)]
    clock.ms = 4
    others.push(queue.ask(4))
    expect(await read('waiting', 'queue="first"')).toBe(3)
    expect(await read('waiting', 'queue="second"')).toBe(0)
    await answerNext(26)
    await first
    await answerNext(12)
    await Promise.all(others)
    await expect.poll(() => read('batch_size_count', 'queue="first"')).toBe(2)
    expect(await read('waiting', 'queue="first"')).toBe(0)
    expect(await read('batch_size_sum', 'queue="first"')).toBe(4)
    expect(await read('batch_size_bucket', 'le="1"', 'queue="first"')).toBe(1)
    expect(await read('batch_size_bucket', 'le="4"', 'queue="first"')).toBe(2)
    expect(await read('batch_seconds_sum', 'queue="first"')).toBeCloseTo(0.042)
    expect(await read('wait_seconds_count', 'queue="first"')).toBe(4)
    expect(await read('wait_seconds_sum', 'queue="first"')).toBeCloseTo(0.086)
    expect(await read('wait_seconds_count', 'queue="second"')).toBe(0)
  })

  test('who was refused at the door, and whose turn came too late', async () => {
    const { queue, clock, desk, answerNext, read } = openQueue()
    for (const why of ['full', 'late', 'held'])
      expect(await read('busy_total', `why="${why}"`)).toBe(0)
    const first = queue.ask(0)
    const waiting = Array.from({ length: QUEUE_LENGTH_MAX }, (_, at) => queue.ask(at))
    expect(await queue.ask(-1)).toEqual({ kind: 'busy' })
    expect(await read('busy_total', 'why="full"')).toBe(1)
    expect(await read('waiting', 'queue="first"')).toBe(QUEUE_LENGTH_MAX)
    clock.ms = 1_001
    await answerNext()
    await first
    await Promise.all(waiting)
    expect(await read('busy_total', 'why="late"')).toBe(QUEUE_LENGTH_MAX)
    expect(await read('busy_total', 'why="full"')).toBe(1)
    expect(await read('waiting', 'queue="first"')).toBe(0)
    // Nobody left, so it was no batch.
    expect(await read('batch_size_count', 'queue="first"')).toBe(1)
    desk.held()
    expect(await read('busy_total', 'why="held"')).toBe(1)
  })

  test('a batch once, also when its requests were tried one by one', async () => {
    const { queue, out, answerNext, read } = openQueue()
    const first = queue.ask(0)
    const two = [queue.ask(1), queue.ask(2)]
    await answerNext()
    await first
    await expect.poll(() => out.length, { interval: 1 }).toBe(1)
    out.shift()?.fail(new Error('poisoned'))
    await answerNext()
    await answerNext()
    await Promise.all(two)
    await expect.poll(() => read('batch_size_count', 'queue="first"')).toBe(2)
    expect(await read('batch_size_sum', 'queue="first"')).toBe(3)
  })
})
