import { problem, refusalReply, reply, route } from '@minnaken/http'
import {
  accountBody,
  accountCheckBody,
  accountCheckReply,
  accountParams,
  confirmationBody,
  shopParams,
  shopReply,
} from '../contract.ts'
import type { Deps } from '../deps.ts'
import { listShops } from '../screen/shops.ts'
import { changeAccount } from './change.ts'
import { checkAccount } from './check.ts'
import { confirmAccount } from './confirm.ts'

export const confirmAccountRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/shops/:shopId/account/confirmation',
    access: ['shop_owner'],
    summary: { ja: '半角の口座名義を確認する', en: 'Confirm the name as the bank will see it' },
    params: shopParams,
    body: confirmationBody,
    replies: { 200: shopReply },
    problems: ['holder_differs'],
    handle: async ({ params: { shopId }, body, actor: { accountId: ownerAccountId } }) => {
      const outcome = await confirmAccount(deps, { shopId, ownerAccountId, ...body })
      return outcome.kind === 'refused'
        ? refusalReply(outcome)
        : shownOwn(deps, { shopId, ownerAccountId })
    },
  })

export const changeAccountRoute = (deps: Deps) =>
  route({
    method: 'put',
    path: '/v1/shops/:shopId/account',
    access: ['shop_owner'],
    summary: { ja: '振込先の口座を変える', en: 'Propose another bank account' },
    params: shopParams,
    body: accountBody,
    replies: { 200: shopReply },
    problems: [
      'bank_unknown',
      'branch_unknown',
      'holder_not_writable',
      'holder_too_long',
      'account_unchanged',
      'account_locked',
    ],
    handle: async ({ params: { shopId }, body, actor: { accountId: ownerAccountId } }) => {
      const outcome = await changeAccount(deps, { shopId, ownerAccountId, account: body })
      return outcome.kind === 'refused'
        ? refusalReply(outcome)
        : shownOwn(deps, { shopId, ownerAccountId })
    },
  })

export const checkAccountRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/payee-accounts/:payeeAccountId/check',
    access: ['clerk', 'approver'],
    summary: { ja: '口座を確認する(店以外の人)', en: "Check a shop's account, as another person" },
    params: accountParams,
    body: accountCheckBody,
    replies: { 200: accountCheckReply },
    problems: [
      'account_wrong_state',
      'account_unconfirmed',
      'account_locked',
      'account_of_another_owner',
    ],
    handle: async ({ params, body, actor: { accountId: checkedBy } }) => {
      const { decision, reason = null } = body
      const outcome = await checkAccount(deps, { ...params, checkedBy, decision, reason })
      if (outcome.kind === 'refused') return refusalReply(outcome)
      const { payeeAccountId, state, shops } = outcome
      return reply(200, { payeeAccountId, state, shops })
    },
  })

async function shownOwn(deps: Deps, own: Readonly<{ shopId: string; ownerAccountId: string }>) {
  const [shop] = await listShops(deps, own)
  return shop === undefined ? problem('not_found') : reply(200, shop)
}
