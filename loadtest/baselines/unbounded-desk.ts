import { assert } from '@minnaken/domain'
import {
  BUSY,
  type Busy,
  type Deps,
  type Desk,
  type RedeemAnswer,
  type RedeemRequest,
  redeemBatch,
} from '@minnaken/redemption/parts'
import { deskThat } from './desk.ts'

type Waiting = Readonly<{
  request: RedeemRequest
  resolve: (answer: RedeemAnswer | Busy) => void
  reject: (error: unknown) => void
}>

const BATCH_SIZE_MAX = 256

/** Batches as the product's, and every request waits until its turn comes, however long that is. */
export function unboundedDesk(deps: Deps): Desk {
  const buckets = new Map<number, Waiting[]>()

  async function runAll(bucket: number, waiting: Waiting[]): Promise<void> {
    while (waiting.length > 0) await answer(bucket, waiting.slice(0, BATCH_SIZE_MAX), waiting)
    buckets.delete(bucket)
  }

  async function answer(
    bucket: number,
    batch: readonly Waiting[],
    waiting: Waiting[],
  ): Promise<void> {
    try {
      const requests = batch.map((it) => it.request)
      const answers = await redeemBatch(deps, bucket, requests, 'skip_held')
      batch.forEach(({ resolve }, place) => {
        const one = answers[place]
        assert(one !== undefined, 'every request of a batch has its answer')
        resolve(one.kind === 'wallet_held' ? BUSY : one)
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
    waiting.splice(0, batch.length)
  }

  return deskThat(deps, (bucket, request) => {
    const { promise, resolve, reject } = Promise.withResolvers<RedeemAnswer | Busy>()
    const one = { request, resolve, reject }
    const waiting = buckets.get(bucket)
    if (waiting === undefined) {
      const first = [one]
      buckets.set(bucket, first)
      void runAll(bucket, first)
    } else waiting.push(one)
    return promise
  })
}
