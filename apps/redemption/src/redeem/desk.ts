import { isLockTimeout } from '@minnaken/db'
import type { Yen } from '@minnaken/domain'
import type { Deps } from '../deps.ts'
import { OutcomeUnknown } from '../transaction.ts'
import { type ReadCode, codeReader } from './code.ts'
import type { RedeemAnswer } from './decide-batch.ts'
import { previewRedemption } from './preview.ts'
import { BUSY, BucketQueue, type Busy } from './queue.ts'
import { type WalletHeld, redeemBatch } from './redeem.ts'
import type { RedeemRequest } from './request.ts'
import { type DeskWatch, measureDesk } from './watch.ts'

type Presented = Readonly<{ text: string; amount: Yen; tillId: string }>

export type DeskAnswer = Readonly<{ bucket: number; answer: RedeemAnswer | Busy }>

type NotOurs = Readonly<{ kind: 'code_foreign' | 'code_forged' }>

/** Where codes are presented: reads each, and asks its bucket. One for each process. */
export type Desk = Readonly<{
  redeem: (presented: Presented) => Promise<DeskAnswer | NotOurs>
  preview: (presented: Presented) => Promise<DeskAnswer | NotOurs>
}>

/** Asks the queue of a bucket, where requests are decided batch after batch. */
export type AskBucket = (bucket: number, request: RedeemRequest) => Promise<RedeemAnswer | Busy>

export function openBuckets(deps: Deps, watch: DeskWatch): AskBucket {
  const buckets = new Map<number, (request: RedeemRequest) => Promise<RedeemAnswer | Busy>>()
  return (bucket, request) => {
    const ask = buckets.get(bucket) ?? openBucket(deps, bucket, watch)
    buckets.set(bucket, ask)
    return ask(request)
  }
}

export function openDesk(
  deps: Deps,
  {
    ask: askBucket = openBuckets(deps, measureDesk()),
    read = codeReader(deps),
  }: Readonly<{ ask?: AskBucket; read?: (text: string) => Promise<ReadCode> }> = {},
): Desk {
  const present =
    (ask: AskBucket) =>
    async ({ text, amount, tillId }: Presented): Promise<DeskAnswer | NotOurs> => {
      const it = await read(text)
      if (it.kind !== 'genuine') return it
      const { bucket, walletId } = it.device
      const { deviceId, nonce, issuedAt } = it.code
      const codeIssuedAt = issuedAt * 1_000
      const payer = { deviceId, walletId, nonce, codeIssuedAt, confirmed: false }
      return { bucket, answer: await ask(bucket, { ...payer, tillId, amount }) }
    }

  return {
    redeem: present(askBucket),
    preview: present((bucket, request) => previewRedemption(deps, bucket, request)),
  }
}

/**
 * A bucket has two queues. The first never waits for a wallet that somebody else holds; who meets
 * one goes to the second, which waits as long as PostgreSQL lets it, and is then told to come again.
 * So a wallet that is held slows down only those who want the same one or another held one.
 */
function openBucket(
  deps: Deps,
  bucket: number,
  watch: DeskWatch,
): (request: RedeemRequest) => Promise<RedeemAnswer | Busy> {
  const shared = {
    isFinal: (error: unknown) => error instanceof OutcomeUnknown,
    elapsedMs: deps.elapsedMs,
  }
  const passing = new BucketQueue<RedeemRequest, RedeemAnswer | WalletHeld>({
    ...shared,
    watch: watch.first,
    run: (requests) => redeemBatch(deps, bucket, requests, 'skip_held'),
  })
  const waiting = new BucketQueue<RedeemRequest, RedeemAnswer | WalletHeld>({
    ...shared,
    watch: watch.second,
    run: async (requests) => {
      try {
        return await redeemBatch(deps, bucket, requests, 'wait')
      } catch (error) {
        if (!isLockTimeout(error)) throw error
        return redeemBatch(deps, bucket, requests, 'skip_held')
      }
    },
  })
  return async (request) => {
    const first = await passing.ask(request)
    if (first.kind !== 'wallet_held') return first
    const second = await waiting.ask(request)
    if (second.kind !== 'wallet_held') return second
    watch.held()
    return BUSY
  }
}
