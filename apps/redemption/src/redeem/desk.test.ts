import { createMetrics } from '@minnaken/http'
import { yen } from '@minnaken/domain'
import { expect, test } from 'vitest'
import type { Deps } from '../deps.ts'
import { type Buckets, openBuckets, openDesk } from './desk.ts'
import type { FindCode } from './code.ts'
import { QUEUE_LENGTH_MAX } from './queue.ts'
import { measureDesk } from './watch.ts'

const never = new Promise<never>(() => {})

/** Buckets whose batches never come back. */
function openStuck() {
  const metrics = createMetrics({ service: 'redemption' })
  const deps = { elapsedMs: () => 0, pool: { connect: () => never } } as unknown as Deps
  const buckets = openBuckets(deps, measureDesk(metrics))
  const counted = async (why: string): Promise<number> => {
    const line = (await metrics.text())
      .split('\n')
      .find((it) => it.startsWith(`minnaken_redemption_busy_total{why="${why}"`))
    return Number(line?.split(' ').at(-1))
  }
  return { buckets, deps, counted }
}

const request = {
  deviceId: 'device',
  walletId: 'wallet',
  nonce: new Uint8Array(16),
  codeIssuedAt: 0,
  tillId: 'till',
  amount: yen(1),
  confirmed: false,
}

function checkThousand(buckets: Buckets): void {
  for (let n = 0; n < 1_000; n++) void buckets.check(() => never)
}

test('a payment is refused while 1,000 signatures are being checked, and that is counted', async () => {
  const { buckets, counted } = openStuck()
  expect(await counted('checking')).toBe(0)
  for (let n = 0; n < 999; n++) void buckets.check(() => never)
  expect(buckets.refuses(0)).toBe(false)
  const last = Promise.withResolvers<boolean>()
  const checked = buckets.check(() => last.promise)
  expect(buckets.refuses(0)).toBe(true)
  expect(await counted('checking')).toBe(1)
  expect(await counted('full')).toBe(0)
  last.resolve(true)
  expect(await checked).toBe(true)
  expect(buckets.refuses(0)).toBe(false)
})

test('a signature that cannot be checked makes room again', async () => {
  const { buckets } = openStuck()
  for (let n = 0; n < 1_000; n++)
    await buckets.check(() => Promise.reject(new Error('unreadable'))).catch(() => false)
  expect(buckets.refuses(0)).toBe(false)
})

test('a payment that a full bucket refuses is counted once, and no other bucket is full', async () => {
  const { buckets, counted } = openStuck()
  for (let n = 0; n <= QUEUE_LENGTH_MAX; n++) void buckets.ask(0, request)
  expect(buckets.isFull(0)).toBe(true)
  expect(await counted('full')).toBe(0)
  expect(buckets.refuses(0)).toBe(true)
  expect(await counted('full')).toBe(1)
  expect(buckets.refuses(1)).toBe(false)
})

test('at the desk a payment that is refused is counted, and a preview is not', async () => {
  const { buckets, deps, counted } = openStuck()
  checkThousand(buckets)
  const findCode = (async () => ({
    kind: 'found',
    code: {},
    device: { bucket: 0, walletId: 'wallet' },
  })) as unknown as FindCode
  const desk = openDesk(deps, { buckets, findCode })
  const presented = { text: '', amount: yen(1), tillId: 'till' }
  const busy = { bucket: 0, answer: { kind: 'busy' } }
  expect(await desk.preview(presented)).toEqual(busy)
  expect(await counted('checking')).toBe(0)
  expect(await desk.redeem(presented)).toEqual(busy)
  expect(await counted('checking')).toBe(1)
})

test('while no bucket has room nothing of a payment is read, and that is counted', async () => {
  const { buckets, counted } = openStuck()
  expect(buckets.hasRoom()).toBe(true)
  void buckets.ask(1, request)
  for (let n = 0; n <= QUEUE_LENGTH_MAX; n++) void buckets.ask(0, request)
  expect(buckets.hasRoom()).toBe(true)
  expect(await counted('full')).toBe(0)
  for (let n = 0; n < QUEUE_LENGTH_MAX; n++) void buckets.ask(1, request)
  expect(buckets.hasRoom()).toBe(false)
  expect(await counted('full')).toBe(1)
})

test('while 1,000 signatures are being checked nothing of a payment is read', async () => {
  const { buckets, counted } = openStuck()
  void buckets.ask(0, request)
  checkThousand(buckets)
  expect(buckets.hasRoom()).toBe(false)
  expect(await counted('checking')).toBe(1)
})
