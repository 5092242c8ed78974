import { type Metrics, createMetrics, tillSeconds } from '@minnaken/http'

/** Told what one queue does. It is called for every payment, so it only counts. */
export type QueueWatch = Readonly<{
  joined: () => void
  /** It waited so long until its batch left, or until it was too late for it. */
  left: (waitedMs: number) => void
  /** A batch came back; with whatever answers. */
  batch: (of: Readonly<{ size: number; ms: number }>) => void
  /** Told to come again: at the door, or after a second in the queue. */
  refused: (why: 'full' | 'late') => void
}>

/** Told what the queues of all buckets do. */
export type DeskWatch = Readonly<{
  first: QueueWatch
  second: QueueWatch
  /** Told to come again because somebody else still held the wallet. */
  held: () => void
  /** Told to come again because too many signatures are being checked. */
  checking: () => void
  /** Told to come again because too many payments wait to be heard, or are at work. */
  crowd: () => void
}>

export const unwatched: QueueWatch = {
  joined: () => {},
  left: () => {},
  batch: () => {},
  refused: () => {},
}

const queues = ['first', 'second'] as const

/** Counts what the queues do, all buckets together. */
export function measureDesk(
  metrics: Metrics = createMetrics({ service: 'redemption' }),
): DeskWatch {
  const named = { label: 'queue', values: queues }
  const waits = metrics.histograms({
    ...named,
    name: 'minnaken_redemption_wait_seconds',
    help: 'How long payments waited until their batch left.',
    bounds: tillSeconds,
  })
  const sizes = metrics.histograms({
    ...named,
    name: 'minnaken_redemption_batch_size',
    help: 'How many payments left in one batch.',
    bounds: [1, 2, 4, 8, 16, 32, 64, 128, 256],
  })
  const times = metrics.histograms({
    ...named,
    name: 'minnaken_redemption_batch_seconds',
    help: 'How long a batch took from leaving until all of it was answered.',
    bounds: tillSeconds,
  })
  const busy = metrics.counters({
    name: 'minnaken_redemption_busy_total',
    help: 'Payments told to come again: too many come, wait or are checked, it waited long, a wallet was held.',
    label: 'why',
    values: ['full', 'late', 'held', 'checking', 'crowd'],
  })
  const lengths = { first: 0, second: 0 }
  metrics.gauges({
    ...named,
    name: 'minnaken_redemption_waiting',
    help: 'Payments that wait for their batch.',
    read: () => lengths,
  })
  const watch = (queue: (typeof queues)[number]): QueueWatch => ({
    joined: () => {
      lengths[queue] += 1
    },
    left: (waitedMs) => {
      lengths[queue] -= 1
      waits[queue](waitedMs / 1_000)
    },
    batch: ({ size, ms }) => {
      sizes[queue](size)
      times[queue](ms / 1_000)
    },
    refused: (why) => busy[why](),
  })
  return {
    first: watch('first'),
    second: watch('second'),
    held: busy.held,
    checking: busy.checking,
    crowd: busy.crowd,
  }
}
