import { problem, reply, route } from '@minnaken/http'
import { shopParams, statementParams, statementReply, statementsReply } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { linesOf, statementsOf } from './show.ts'

export const statementsRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/statements',
    access: ['shop_owner'],
    summary: { ja: '店の支払通知書の一覧', en: 'The statements of my shop' },
    params: shopParams,
    replies: { 200: statementsReply },
    handle: async ({ params: { shopId }, actor: { accountId } }) => {
      if (!(await isOwnShop(deps, { shopId, accountId }))) return problem('not_found')
      return reply(200, { statements: await statementsOf(deps.db, { shopId }) })
    },
  })

export const statementRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/statements/:statementNo',
    access: ['shop_owner'],
    summary: { ja: '支払通知書と明細', en: 'A statement with every line' },
    params: statementParams,
    replies: { 200: statementReply },
    handle: async ({ params: { shopId, statementNo }, actor: { accountId } }) => {
      if (!(await isOwnShop(deps, { shopId, accountId }))) return problem('not_found')
      const [statement] = await statementsOf(deps.db, { shopId, statementNo })
      if (statement === undefined) return problem('not_found')
      const lines = await linesOf(deps.db, { shopId, runNo: statement.run.runNo })
      return reply(200, { ...statement, lines })
    },
  })

/** Another person's shop is answered like one that does not exist. */
async function isOwnShop(
  { db }: Deps,
  { shopId, accountId }: Readonly<{ shopId: string; accountId: string }>,
): Promise<boolean> {
  const shop = await db
    .selectFrom('shop.shop')
    .select('shop_id')
    .where('shop_id', '=', shopId)
    .where('owner_account_id', '=', accountId)
    .executeTakeFirst()
  return shop !== undefined
}
