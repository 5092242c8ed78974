import { bucketedId } from '@minnaken/domain'
import { isoOf, live, liveEvents, problem, reply, route } from '@minnaken/http'
import { findWallet } from '@minnaken/ledger'
import { codeParams, codeReply, livePayment, liveVoid, paidCode, shopParams } from '../contract.ts'
import { shopSeenBy } from '../day/access.ts'
import type { Deps } from '../deps.ts'
import { wordsOf } from '../redeem/answer.ts'
import type { LiveBoard } from './board.ts'
import { findPaid } from './paid.ts'
import type { Happening } from './read.ts'

/** Every till of a shop sees what every other takes, and what payers paid by the printed code. */
export const liveShopRoute = (deps: Deps, board: LiveBoard) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/live',
    access: ['shop_staff', 'shop_owner'],
    shed: 'balance',
    summary: {
      ja: '店の支払いを届いたときに知る(最初の1分前から)',
      en: 'The payments of a shop as they happen, from a minute ago on',
    },
    params: shopParams,
    replies: { 200: liveEvents({ payment: livePayment, void: liveVoid }) },
    problems: ['till_revoked', 'till_expired'],
    handle: async ({ params: { shopId }, actor }) => {
      const refusal = await shopSeenBy(deps, { shopId, actor })
      if (refusal !== null) return refusal
      return live(({ signal, send }) =>
        board.listen({
          topic: { shopId },
          tillId: actor.role === 'shop_staff' ? actor.tillId : null,
          signal,
          tell: (it) => {
            if (it.kind === 'payment') send('payment', paymentAtShop(it))
            else send('void', voidAtShop(it))
          },
        }),
      )
    },
  })

const paymentAtShop = (it: Happening) => ({
  redemptionId: bucketedId(it.bucket, it.redemptionId),
  amountYen: it.amount,
  voidedYen: it.voided,
  split: it.split,
  acceptedAt: isoOf(it.at),
  tillId: it.till.tillId,
  tillName: it.till.name,
  isPrinted: it.till.isPrinted,
  words: wordsOf(it.nonce),
})

const voidAtShop = (it: Happening) => ({
  voidId: bucketedId(it.bucket, it.id),
  redemptionId: bucketedId(it.bucket, it.redemptionId),
  amountYen: it.amount,
  voidedYen: it.voided,
  split: it.split,
  voidedAt: isoOf(it.at),
})

/** The phone learns by itself that a till took the code it shows. */
export const liveCodesRoute = (deps: Deps, board: LiveBoard) =>
  route({
    method: 'get',
    path: '/v1/codes/live',
    access: ['resident'],
    shed: 'balance',
    summary: {
      ja: '自分のコードが使われたときに知る(最初の1分前から)',
      en: 'My codes as shops take them, from a minute ago on',
    },
    replies: { 200: liveEvents({ payment: paidCode }) },
    handle: async ({ actor: { accountId } }) => {
      const place = await findWallet(deps.db, accountId)
      if (place === null) return problem('not_found')
      return live(({ signal, send }) =>
        board.listen({
          topic: place,
          tillId: null,
          signal,
          tell: (it) => send('payment', paidOf(it)),
        }),
      )
    },
  })

const paidOf = (it: Omit<Happening, 'kind' | 'id' | 'walletId' | 'till'>) => ({
  nonce: Buffer.from(it.nonce).toString('hex'),
  redemptionId: bucketedId(it.bucket, it.redemptionId),
  amountYen: it.amount,
  voidedYen: it.voided,
  split: it.split,
  acceptedAt: isoOf(it.at),
  shop: { shopNo: it.shop.shopNo, name: it.shop.name },
  words: wordsOf(it.nonce),
})

/** The same for a phone that cannot listen: it asks about the code that it shows. */
export const codeRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/codes/:nonce',
    access: ['resident'],
    shed: 'balance',
    summary: { ja: '自分のコードが使われたか', en: 'Whether a code of mine was taken' },
    params: codeParams,
    replies: { 200: codeReply },
    handle: async ({ params: { nonce }, actor: { accountId } }) => {
      const place = await findWallet(deps.db, accountId)
      if (place === null) return problem('not_found')
      const paid = await findPaid(deps, place, Buffer.from(nonce, 'hex'))
      return reply(200, {
        payment: paid === null ? null : paidOf(paid),
        serverTime: isoOf(deps.now()),
      })
    },
  })
