import { bucketedId } from '@minnaken/domain'
import { problem, reply, route, isoOf, isoOrNull } from '@minnaken/http'
import { historyQuery, historyReply, stoppedReply, walletReply } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { cursorText, readCursor, walletHistory } from './history.ts'
import { findOwnWallet, showWallet, stopOwnWallet } from './wallet.ts'

export const walletRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/wallet',
    access: ['resident'],
    shed: 'balance',
    summary: { ja: '財布', en: 'My wallet' },
    replies: { 200: walletReply },
    handle: async ({ actor: { accountId } }) => {
      const { wallet, balances, spendableYen, at } = await showWallet(deps, { accountId })
      return reply(200, {
        walletId: bucketedId(wallet.bucket, wallet.walletId),
        stoppedAt: isoOrNull(wallet.stoppedAt),
        balances,
        spendableYen,
        serverTime: isoOf(at),
      })
    },
  })

export const historyRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/wallet/history',
    access: ['resident'],
    shed: 'balance',
    summary: { ja: '利用の履歴', en: 'What I spent' },
    query: historyQuery,
    replies: { 200: historyReply },
    problems: ['cursor_unknown'],
    handle: async ({ query, actor: { accountId } }) => {
      const after = query.cursor === undefined ? null : readCursor(query.cursor)
      if (query.cursor !== undefined && after === null) return problem('cursor_unknown')
      const wallet = await findOwnWallet(deps.db, accountId)
      const { entries, next } = await walletHistory(deps.db, wallet, after)
      return reply(200, {
        entries: entries.map((entry) => ({
          ...entry,
          id: bucketedId(wallet.bucket, entry.id),
          redemptionId: bucketedId(wallet.bucket, entry.redemptionId),
          at: isoOf(entry.at),
        })),
        nextCursor: next === null ? null : cursorText(next),
      })
    },
  })

export const stopWalletRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/wallet/stop',
    access: ['resident'],
    summary: { ja: '財布を止める(紛失)', en: 'Stop my wallet: everything is lost' },
    replies: { 200: stoppedReply },
    handle: async ({ actor: { accountId } }) => {
      const { bucket, walletId, stoppedAt } = await stopOwnWallet(deps, { accountId })
      return reply(200, {
        walletId: bucketedId(bucket, walletId),
        stoppedAt: isoOf(stoppedAt ?? deps.now()),
      })
    },
  })
