import { isLockTimeout } from '@minnaken/db'
import type { Yen } from '@minnaken/domain'
import { verifyPaymentCode } from '@minnaken/qr'
import type { Deps } from '../deps.ts'
import { OutcomeUnknown } from '../transaction.ts'
import { type FindCode, codeFinder, keyFinder } from './code.ts'
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
type AskBucket = (bucket: number, request: RedeemRequest) => Promise<RedeemAnswer | Busy>

export type Buckets = Readonly<{
  ask: AskBucket
  /** Whether any payment can be taken in at all; one that cannot is counted, and nothing of it read. */
  hasRoom: () => boolean
  /** Whether a payment from this bucket is told to come again; one that is told so is counted. */
  refuses: (bucket: number) => boolean
  /** Whether it would be. To look counts nothing. */
  isFull: (bucket: number) => boolean
  /** Checks a signature, as one of those that are checked at the same time. */
  check: (signature: () => Promise<boolean>) => Promise<boolean>
}>

/** Signatures that are checked at the same time: some tenths of a second of work for one core. */
const CHECKING_MAX = 1_000

/** Counts a refusal, if it is one. */
function refusing(count: (() => void) | null): boolean {
  count?.()
  return count !== null
}

export function openBuckets(deps: Deps, watch: DeskWatch): Buckets {
  const buckets = new Map<number, Bucket>()
  const bucketOf = (number: number): Bucket => {
    const bucket = buckets.get(number) ?? openBucket(deps, number, watch)
    buckets.set(number, bucket)
    return bucket
  }
  let checking = 0
  const whyNot = (bucket: number): (() => void) | null => {
    if (checking >= CHECKING_MAX) return watch.checking
    return bucketOf(bucket).isFull() ? () => watch.first.refused('full') : null
  }
  const whyNone = (): (() => void) | null => {
    let count: (() => void) | null = null
    for (const bucket of buckets.keys()) {
      count = whyNot(bucket)
      if (count === null) return null
    }
    return count
  }
  return {
    ask: (bucket, request) => bucketOf(bucket).ask(request),
    hasRoom: () => !refusing(whyNone()),
    refuses: (bucket) => refusing(whyNot(bucket)),
    isFull: (bucket) => whyNot(bucket) !== null,
    check: async (signature) => {
      checking += 1
      try {
        return await signature()
      } finally {
        checking -= 1
      }
    },
  }
}

/**
 * Whoever cannot be served is told before the signature is checked, which is most of what a
 * redemption costs: when ten times as many come as can be served, that work would serve nobody.
 */
export function openDesk(
  deps: Deps,
  {
    buckets = openBuckets(deps, measureDesk()),
    findCode = codeFinder(keyFinder(deps)),
    aside = deps,
  }: Readonly<{
    buckets?: Buckets
    findCode?: FindCode
    /** Connections that previews are read by. */
    aside?: Pick<Deps, 'pool'>
  }> = {},
): Desk {
  const present =
    (isRefused: (bucket: number) => boolean, ask: AskBucket) =>
    async ({ text, amount, tillId }: Presented): Promise<DeskAnswer | NotOurs> => {
      const found = await findCode(text)
      if (found.kind !== 'found') return found
      const { bucket, walletId } = found.device
      if (isRefused(bucket)) return { bucket, answer: BUSY }
      const { code, device } = found
      const isGenuine = await buckets.check(() => verifyPaymentCode(code, device.key))
      if (!isGenuine) return { kind: 'code_forged' }
      const { deviceId, nonce, issuedAt } = code
      const codeIssuedAt = issuedAt * 1_000
      const payer = { deviceId, walletId, nonce, codeIssuedAt, confirmed: false }
      return { bucket, answer: await ask(bucket, { ...payer, tillId, amount }) }
    }

  return {
    redeem: present(buckets.refuses, buckets.ask),
    preview: present(buckets.isFull, (bucket, request) =>
      previewRedemption({ ...deps, pool: aside.pool }, bucket, request),
    ),
  }
}

type Bucket = Readonly<{
  ask: (request: RedeemRequest) => Promise<RedeemAnswer | Busy>
  isFull: () => boolean
}>

/**
 * A bucket has two queues. The first never waits for a wallet that somebody else holds; who meets
 * one goes to the second, which waits as long as PostgreSQL lets it, and is then told to come again.
 * So a wallet that is held slows down only those who want the same one or another held one.
 */
function openBucket(deps: Deps, bucket: number, watch: DeskWatch): Bucket {
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
  return {
    isFull: () => passing.isFull(),
    ask: async (request) => {
      const first = await passing.ask(request)
      if (first.kind !== 'wallet_held') return first
      const second = await waiting.ask(request)
      if (second.kind !== 'wallet_held') return second
      watch.held()
      return BUSY
    },
  }
}
