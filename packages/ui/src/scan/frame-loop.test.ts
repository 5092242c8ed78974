import { afterEach, expect, test, vi } from 'vitest'
import { type Seen, followPictures } from './frame-loop.ts'
import { toldOnce } from './told-once.ts'

/** A worker that is shared, reads when it is let, and answers to all who listen. */
function sharedWorker() {
  const listeners = new Set<(seen: Seen) => void>()
  const waiting: { picture: string; number: number }[] = []
  return {
    waiting,
    read: (picture: string, number: number) => void waiting.push({ picture, number }),
    hear: (listener: (seen: Seen) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** Answers the picture that waits longest, or says that it cannot read. */
    answer: (how?: 'failed') => {
      const next = waiting.shift()
      if (next === undefined) throw new Error('no picture waits')
      const text = next.picture === '' ? null : next.picture
      const seen: Seen =
        how === 'failed'
          ? { picture: next.number, text: null, hasFailed: true }
          : { picture: next.number, text }
      for (const listener of listeners) listener(seen)
    },
  }
}

/** Somebody who looks: what is before the camera, and what was heard. */
function look(worker: ReturnType<typeof sharedWorker>, before: { camera: string | null }) {
  const heard: string[] = []
  const troubles: boolean[] = []
  const dropped: string[] = []
  const stop = followPictures<string>(
    {
      take: () => Promise.resolve(before.camera),
      read: worker.read,
      drop: (picture) => void dropped.push(picture),
      hear: worker.hear,
      soon: (then) => queueMicrotask(then),
    },
    {
      onSeen: toldOnce((text) => heard.push(text)),
      onTrouble: (isTrouble) => void troubles.push(isTrouble),
    },
  )
  return { heard, troubles, dropped, stop }
}

/** Lets everything happen that needs no answer of the worker. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('a late answer to a picture of before is no code for whoever looks now', async () => {
  const worker = sharedWorker()
  const first = look(worker, { camera: 'customer 1' })
  await settle()
  first.stop()
  const second = look(worker, { camera: '' })
  await settle()
  expect(worker.waiting.map(({ picture }) => picture)).toEqual(['customer 1', ''])
  worker.answer()
  worker.answer()
  await settle()
  expect([first.heard, second.heard]).toEqual([[], []])
  // And nobody asks twice as often from then on.
  expect(worker.waiting).toHaveLength(1)
})

test('a second code right behind the first is told, and neither of them twice', async () => {
  const worker = sharedWorker()
  const before: { camera: string | null } = { camera: 'customer 1' }
  const { heard } = look(worker, before)
  for (const camera of ['customer 1', 'customer 2', 'customer 2']) {
    await settle()
    before.camera = camera
    worker.answer()
  }
  await settle()
  worker.answer()
  expect(heard).toEqual(['customer 1', 'customer 2'])
})

test('who stopped while a picture was taken sends it to nobody, and lets go of it', async () => {
  const worker = sharedWorker()
  const { stop, dropped } = look(worker, { camera: 'customer 1' })
  stop()
  await settle()
  expect({ waiting: worker.waiting, dropped }).toEqual({ waiting: [], dropped: ['customer 1'] })
})

test('a camera without a picture is looked at until it has one', async () => {
  const worker = sharedWorker()
  const before: { camera: string | null } = { camera: null }
  const ticks: (() => void)[] = []
  const stop = followPictures<string>(
    {
      take: () => Promise.resolve(before.camera),
      read: worker.read,
      drop: () => {},
      hear: worker.hear,
      soon: (then) => void ticks.push(then),
    },
    { onSeen: () => {}, onTrouble: () => {} },
  )
  await settle()
  before.camera = 'customer 1'
  ticks.shift()?.()
  await settle()
  expect(worker.waiting).toHaveLength(1)
  stop()
})

/** Lets so much time pass, and what follows from it happen. */
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

afterEach(() => vi.useRealTimers())

test('a program that cannot be loaded is told, and tried again until it reads', async () => {
  vi.useFakeTimers()
  const worker = sharedWorker()
  const { heard, troubles, stop } = look(worker, { camera: 'customer 1' })
  await pass(0)
  worker.answer('failed')
  await pass(1_000)
  // Not at once: a shop's network is not made better by asking it sixty times a second.
  expect({ troubles, waiting: worker.waiting.length }).toEqual({ troubles: [], waiting: 0 })
  await pass(1_000)
  worker.answer('failed')
  expect(troubles).toEqual([true])
  await pass(2_000)
  worker.answer()
  expect({ heard, troubles }).toEqual({ heard: ['customer 1'], troubles: [true, false] })
  stop()
})

test('an answer that does not come is told, and taken when it comes after all', async () => {
  vi.useFakeTimers()
  const worker = sharedWorker()
  const { heard, troubles, stop } = look(worker, { camera: 'customer 1' })
  await pass(9_000)
  expect(troubles).toEqual([])
  await pass(1_000)
  expect(troubles).toEqual([true])
  worker.answer()
  expect({ heard, troubles }).toEqual({ heard: ['customer 1'], troubles: [true, false] })
  stop()
})

test('who stopped hears of no trouble', async () => {
  vi.useFakeTimers()
  const worker = sharedWorker()
  const { troubles, stop } = look(worker, { camera: 'customer 1' })
  await pass(0)
  stop()
  await pass(60_000)
  expect(troubles).toEqual([])
})
