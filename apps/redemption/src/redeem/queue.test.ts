import { afterEach, describe, expect, test, vi } from 'vitest'
import { BucketQueue, QUEUE_LENGTH_MAX } from './queue.ts'

type Batch = Readonly<{
  requests: readonly number[]
  answer: () => void
  fail: (error: Error) => void
}>

/** A queue whose batches are answered by hand, on a clock that is moved by hand. */
function openQueue(options: { isFinal?: (error: unknown) => boolean } = {}) {
  const batches: Batch[] = []
  const clock = { ms: 0 }
  const queue = new BucketQueue<number, string>({
    run: (requests) =>
      new Promise((resolve, reject) =>
        batches.push({
          requests,
          answer: () => resolve(requests.map((request) => `answer ${request}`)),
          fail: reject,
        }),
      ),
    isFinal: options.isFinal ?? (() => false),
    elapsedMs: () => clock.ms,
  })
  const next = async (): Promise<Batch> => {
    await expect.poll(() => batches.length, { interval: 1 }).toBeGreaterThan(0)
    const batch = batches.shift()
    if (batch === undefined) throw new Error('a batch is there')
    return batch
  }
  return { queue, clock, batches, next, ask: async (request: number) => queue.ask(request) }
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at)

afterEach(() => vi.useRealTimers())

// A queue that forgets somebody leaves a test waiting: five seconds are enough to know.
describe('the queue of a bucket', { timeout: 5_000 }, () => {
  test('a request alone leaves at once, those that come meanwhile leave together', async () => {
    const { ask, next } = openQueue()
    const first = ask(1)
    const batch = await next()
    const others = [ask(2), ask(3)]
    batch.answer()
    expect(await first).toBe('answer 1')
    const second = await next()
    expect(second.requests).toEqual([2, 3])
    second.answer()
    expect(await Promise.all(others)).toEqual(['answer 2', 'answer 3'])
  })

  test('after a batch of several the next is held back for a moment, and more come along', async () => {
    const { ask, next } = openQueue()
    void ask(1)
    const first = await next()
    const several = [ask(2), ask(3)]
    first.answer()
    const second = await next()
    const fourth = ask(4)
    second.answer()
    await Promise.all(several)
    const fifth = ask(5)
    const third = await next()
    expect(third.requests).toEqual([4, 5])
    third.answer()
    expect(await Promise.all([fourth, fifth])).toEqual(['answer 4', 'answer 5'])
  })

  test('one request more than 2,000 is told to come again, at once', async () => {
    const { ask, next } = openQueue()
    void ask(-1)
    await next()
    for (const request of upTo(QUEUE_LENGTH_MAX)) void ask(request)
    expect(QUEUE_LENGTH_MAX).toBe(2_000)
    expect(await ask(2_000)).toEqual({ kind: 'busy' })
  })

  test('who would wait for more than a second is told at once to come again', async () => {
    const { ask, next, clock } = openQueue()
    for (const round of upTo(60)) {
      const asked = ask(round)
      const batch = await next()
      clock.ms += 300
      batch.answer()
      await asked
    }
    void ask(-1)
    await next()
    const admitted = upTo(512).map((request) => ask(request))
    expect(await ask(512)).toEqual({ kind: 'busy' })
    expect(await Promise.race([...admitted, Promise.resolve('all wait')])).toBe('all wait')
  })

  test('where every request costs, a longer batch is known to take longer before one was seen', async () => {
    const { ask, next, clock } = openQueue()
    for (const size of [1, 4, 2, 6, 3, 1, 5, 2, 4, 1]) {
      const asked = Promise.all(upTo(size).map((request) => ask(request)))
      for (let left = size; left > 0;) {
        const batch = await next()
        clock.ms += batch.requests.length * 4
        left -= batch.requests.length
        batch.answer()
      }
      await asked
    }
    void ask(-1)
    await next()
    const answers = upTo(300).map((request) => ask(request))
    expect(await answers[255]).toEqual({ kind: 'busy' })
    expect(await Promise.race([...answers.slice(0, 230), Promise.resolve('all wait')])).toBe(
      'all wait',
    )
  })

  test('behind a batch that hangs nobody is let in for long', async () => {
    const { ask, next, clock } = openQueue()
    void ask(0)
    await next()
    void ask(1)
    clock.ms += 1_000
    expect(await ask(2)).toEqual({ kind: 'busy' })
  })

  test('what has waited for a second when its turn comes is told to come again', async () => {
    const { ask, next, clock } = openQueue()
    const first = ask(0)
    const running = await next()
    const late = ask(1)
    clock.ms += 1_001
    running.answer()
    expect(await first).toBe('answer 0')
    expect(await late).toEqual({ kind: 'busy' })
  })

  test('whoever waits behind a batch that hangs is told after a second to come again', async () => {
    vi.useFakeTimers()
    const { ask, batches, clock } = openQueue()
    const pass = async (ms: number): Promise<void> => {
      clock.ms += ms
      await vi.advanceTimersByTimeAsync(ms)
    }
    const heard: string[] = []
    const note = (who: string) => (answer: unknown) => void heard.push(`${who} ${typeof answer}`)
    void ask(0).then(note('out'))
    await pass(300)
    const [hung] = batches
    void ask(1).then(note('first'))
    await pass(400)
    void ask(2).then(note('second'))
    await pass(602)
    expect(heard).toEqual(['first object'])
    await pass(400)
    expect(heard).toEqual(['first object', 'second object'])
    // What is out may still be answered: nobody knows what became of it.
    hung?.answer()
    await pass(1)
    expect(heard).toEqual(['first object', 'second object', 'out string'])
    // Nobody is left behind, and whoever comes next has a second of their own.
    expect(vi.getTimerCount()).toBe(0)
    void ask(3).then(note('third'))
    await pass(999)
    expect(batches).toHaveLength(2)
    batches[1]?.answer()
    await pass(1)
    expect(heard.at(-1)).toBe('third string')
  })

  test('one who comes alone is always let in, however slow the last batch was', async () => {
    const { ask, next, clock } = openQueue()
    const slow = ask(0)
    const running = await next()
    clock.ms += 9_000
    running.answer()
    await slow
    const alone = ask(1)
    const batch = await next()
    batch.answer()
    expect(await alone).toBe('answer 1')
  })

  test('of a batch that fails each is tried alone, so one that is poisoned harms only itself', async () => {
    const { ask, next } = openQueue()
    const first = ask(0)
    const running = await next()
    const [good, poisoned] = [ask(1), ask(2)]
    running.answer()
    await first
    const batch = await next()
    expect(batch.requests).toEqual([1, 2])
    batch.fail(new Error('poisoned'))
    const alone = await next()
    expect(alone.requests).toEqual([1])
    alone.answer()
    const last = await next()
    last.fail(new Error('poisoned'))
    expect(await good).toBe('answer 1')
    await expect(poisoned).rejects.toThrow('poisoned')
  })

  test('what nobody knows the outcome of is not tried again', async () => {
    const { ask, next } = openQueue({ isFinal: () => true })
    const first = ask(0)
    const running = await next()
    const both = Promise.allSettled([ask(1), ask(2)])
    running.answer()
    await first
    const batch = await next()
    batch.fail(new Error('unknown'))
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  test('what has waited for a second when its batch fails is told to come again', async () => {
    const { ask, next, clock } = openQueue()
    const first = ask(0)
    const running = await next()
    const both = [ask(1), ask(2)]
    running.answer()
    await first
    const batch = await next()
    clock.ms += 1_001
    batch.fail(new Error('slow'))
    expect(await Promise.all(both)).toEqual([{ kind: 'busy' }, { kind: 'busy' }])
  })
})
