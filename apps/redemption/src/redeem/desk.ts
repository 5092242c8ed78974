import type { Yen } from '@minnaken/domain'
import type { Deps } from '../deps.ts'
import { OutcomeUnknown } from '../transaction.ts'
import { codeReader } from './code.ts'
import type { RedeemAnswer } from './decide-batch.ts'
import { previewRedemption } from './preview.ts'
import { BucketQueue, type Busy } from './queue.ts'
import { redeemBatch } from './redeem.ts'
import type { RedeemRequest } from './request.ts'

type Presented = Readonly<{ text: string; amount: Yen; tillId: string }>

export type DeskAnswer = Readonly<{
  bucket: number
  answer: RedeemAnswer | Busy | Readonly<{ kind: 'outcome_unknown' }>
}>

export type NotOurs = Readonly<{ kind: 'code_foreign' | 'code_forged' }>

/** Where codes are presented: reads each, and asks its bucket. One for each process. */
export type Desk = Readonly<{
  redeem: (presented: Presented) => Promise<DeskAnswer | NotOurs>
  preview: (presented: Presented) => Promise<DeskAnswer | NotOurs>
}>

export function openDesk(deps: Deps): Desk {
  const read = codeReader(deps)
  const queues = new Map<number, BucketQueue<RedeemRequest, RedeemAnswer>>()

  const queueOf = (bucket: number): BucketQueue<RedeemRequest, RedeemAnswer> => {
    const open = queues.get(bucket)
    if (open !== undefined) return open
    const queue = new BucketQueue({
      run: (requests: readonly RedeemRequest[]) => redeemBatch(deps, bucket, requests),
      isFinal: (error) => error instanceof OutcomeUnknown,
      elapsedMs: deps.elapsedMs,
    })
    queues.set(bucket, queue)
    return queue
  }

  const present =
    (ask: (bucket: number, request: RedeemRequest) => Promise<RedeemAnswer | Busy>) =>
    async ({ text, amount, tillId }: Presented): Promise<DeskAnswer | NotOurs> => {
      const it = await read(text)
      if (it.kind !== 'genuine') return it
      const { bucket, walletId } = it.device
      const { deviceId, nonce, issuedAt } = it.code
      const request = { deviceId, walletId, nonce, codeIssuedAt: issuedAt * 1_000, tillId, amount }
      try {
        return { bucket, answer: await ask(bucket, request) }
      } catch (error) {
        if (error instanceof OutcomeUnknown) return { bucket, answer: { kind: 'outcome_unknown' } }
        throw error
      }
    }

  return {
    redeem: present(async (bucket, request) => queueOf(bucket).ask(request)),
    preview: present((bucket, request) => previewRedemption(deps, bucket, request)),
  }
}
